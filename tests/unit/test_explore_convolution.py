"""Windows, filters and feature maps of chapter 09 against loops and the network itself."""

import numpy as np
import pytest

from nnbook import (
    Activation,
    AveragePool,
    Conv,
    Dense,
    LogLikelihood,
    MaxPool,
    Network,
    builtin_digits,
    naive_convolution,
    relu,
    sigmoid,
    softmax,
)
from nnbook.explore.feature_maps import convolutional, stages
from nnbook.explore.kernels import HAND_MADE, Kernel, learned, pooled
from nnbook.explore.receptive import ReceptiveField

DIGITS = builtin_digits()
IMAGE = DIGITS.test.images[0] / 255


def small(*layers, rng=0):
    return Network([(28, 28, 1), *layers, Dense(10, softmax)], cost=LogLikelihood(), rng=rng)


# ---- kernels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 2), (3, 1)])
def test_a_kernel_over_an_image_is_the_loop(stride, padding):
    kernel = Kernel(np.random.default_rng(0).normal(size=(5, 5)), bias=0.3)
    by_loops = naive_convolution.convolve(
        IMAGE[:, :, None],
        kernel.weights[None, :, :, None],
        np.array([0.3]),
        (stride, stride),
        (padding, padding),
    )[:, :, 0]
    np.testing.assert_allclose(kernel.over(IMAGE, stride, padding), by_loops, atol=1e-12)


def test_most_hand_made_filters_find_nothing_on_plain_paper():
    for name, kernel in HAND_MADE.items():
        assert kernel.weights.shape == (5, 5)
        plain = np.abs(kernel.over(np.ones((9, 9)))).max()
        assert (plain < 1e-12) == (name not in ("blur", "copy")), name


def test_edges_are_found_on_their_own_side():
    bar = np.zeros((15, 15))
    bar[:, 6:9] = 1
    z = HAND_MADE["left edge"].over(bar)
    assert z[5].argmax() + 2 < 7 < z[5].argmin() + 2  # the middle of the window, around the bar
    np.testing.assert_array_equal(HAND_MADE["top edge"].over(bar.T), z.T)
    falling = HAND_MADE["falling stroke"].over(np.eye(15))
    assert falling.max() == falling[5, 5] == 10
    assert HAND_MADE["rising stroke"].over(np.eye(15)).max() < 10
    np.testing.assert_array_equal(HAND_MADE["copy"].over(bar), bar[2:-2, 2:-2])


def test_learned_kernels_are_those_of_the_first_layer():
    network = small(Conv(3, 5), MaxPool(2), Activation(sigmoid))
    kernels = learned(network)
    assert list(kernels) == ["learned 1", "learned 2", "learned 3"]
    maps = network.layers[0].predict(IMAGE.reshape(1, 28, 28, 1).astype(np.float32))[0]
    for k, kernel in enumerate(kernels.values()):
        assert kernel.activation is sigmoid
        np.testing.assert_allclose(kernel.over(IMAGE), maps[:, :, k], atol=1e-4)
    assert learned(small(Conv(2, 5, activation=relu)))["learned 2"].activation is relu


def test_pooled_keeps_the_largest_and_leaves_out_a_rest():
    values = np.arange(20.0).reshape(4, 5)
    np.testing.assert_array_equal(pooled(values), [[6, 8], [16, 18]])
    by_loops = naive_convolution.pool(values[:, :4, None], (2, 2), "max")[:, :, 0]
    np.testing.assert_array_equal(pooled(values), by_loops)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_kernels():
    with pytest.raises(ValueError, match="must begin with a convolution"):
        learned(Network([784, 10]))
    with pytest.raises(ValueError, match="at least as large as the window"):
        HAND_MADE["blur"].over(np.ones((4, 9)))
    with pytest.raises(ValueError, match="stride"):
        HAND_MADE["blur"].over(IMAGE, stride=0)


# ---- receptive field ----------------------------------------------------------------------------


def test_the_neuron_is_the_sum_of_its_products():
    field = ReceptiveField(DIGITS.test)
    for name in field.kernels:
        for stride, padding in ((1, 0), (2, 1), (3, 2)):
            field.set(3, name, stride, padding)
            rows, columns = field.map.shape
            for row, column in ((0, 0), (rows - 1, columns - 1), (rows // 2, 1)):
                field.move(row, column)
                assert field.window.shape == (5, 5)
                assert field.z == pytest.approx(field.products.sum(), abs=1e-9)


def test_the_map_has_the_size_of_the_formula_and_the_window_stays_inside():
    field = ReceptiveField(DIGITS.test)
    field.move(23, 23)
    for stride in (1, 2, 3):
        for padding in (0, 1, 2):
            field.set(0, "copy", stride, padding)
            assert field.map.shape == ((28 + 2 * padding - 5) // stride + 1,) * 2
            assert field.row < len(field.map) and field.window.shape == (5, 5)
    assert field.corner == (field.row * 3, field.column * 3)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((-1, "copy", 1, 0), "index"),
        ((0, "nothing", 1, 0), "name must be one of"),
        ((0, "copy", 4, 0), "stride"),
        ((0, "copy", 1, 3), "padding"),
    ],
)
def test_settings_that_do_not_exist(arguments, words):
    with pytest.raises(ValueError, match=words):
        ReceptiveField(DIGITS.test).set(*arguments)


@pytest.mark.usefixtures("plain_arguments")
def test_a_window_outside_and_wrong_data():
    field = ReceptiveField(DIGITS.test)
    with pytest.raises(ValueError, match="row"):
        field.move(24, 0)
    with pytest.raises(TypeError, match="data must be a Dataset"):
        ReceptiveField(DIGITS)


# ---- feature maps -------------------------------------------------------------------------------


def test_the_stages_are_what_training_computes():
    network = small(
        Conv(3, 5), MaxPool(2), Activation(relu), Conv(2, 5), AveragePool(2), Activation(sigmoid),
        Dense(7, relu),
    )  # fmt: skip
    network.forward(IMAGE.reshape(1, 784).astype(np.float32), training=True)
    shown = stages(network, IMAGE)
    assert [stage.title for stage in shown] == [
        "convolution: 3 × 24 × 24",
        "pooling, ReLU: 3 × 12 × 12",
        "convolution: 2 × 8 × 8",
        "pooling, σ: 2 × 4 × 4",
        "neurons: 7",
    ]
    for stage, layer in zip(shown, (0, 2, 3, 5, 6), strict=True):
        np.testing.assert_allclose(stage.values, network.layers[layer].a[0], atol=1e-5)


def test_looking_leaves_no_trace():
    network = small(Conv(3, 5), MaxPool(2), Activation(relu))
    stages(network, IMAGE)
    assert not hasattr(network.layers[0], "z")


@pytest.mark.usefixtures("plain_arguments")
def test_other_networks_are_refused():
    with pytest.raises(ValueError, match="have a convolution"):
        convolutional(Network([784, 30, 10]))
    with pytest.raises(TypeError, match="network must be"):
        convolutional("network")
