"""The drawing pad without a browser: strokes in, image, outputs and words out."""

import threading

import numpy as np
import pytest

from nnbook import SGD, Dataset, Dense, Digits, LogLikelihood, Network, builtin_digits, fit, softmax
from nnbook.explore import ink
from nnbook.widgets import pad

DIGITS = builtin_digits()
SEVEN = [[[0.25, 0.2], [0.75, 0.2], [0.45, 0.85]]]


@pytest.fixture(scope="module")
def network():
    rng = np.random.default_rng(0)
    new = Network([784, 30, 10], rng=rng)
    fit(new, DIGITS.training, epochs=15, batch_size=10, optimizer=SGD(3.0), rng=rng, progress=False)
    return new


@pytest.fixture
def one(network):
    new = pad(network, DIGITS)
    yield new
    assert new.problems == []


def test_an_empty_sheet_has_no_answer(one):
    assert one.outputs is None and one.sheet.outputs == [] and not one.image.any()
    assert one.sheet.answer == "Draw a digit, or load a test digit."
    assert one.sheet.picture == bytes(784)


def test_strokes_from_the_browser_give_outputs(one, network):
    one.sheet.set_state({"strokes": SEVEN, "digit": -1})
    assert np.array_equal(one.image, ink.centred(ink.drawn(SEVEN)))
    expected = network.predict(one.image.reshape(1, -1))[0]
    assert one.sheet.outputs == pytest.approx(expected.tolist(), abs=1e-4)
    assert f"answers {expected.argmax()} (output {expected.max():.2f})" in one.sheet.answer
    sent = np.frombuffer(one.sheet.picture, np.uint8).reshape(28, 28)
    assert np.abs(sent / 255 - one.image).max() <= 1 / 500


def test_most_built_in_test_digits_are_answered_rightly(one):
    right = 0
    for digit in range(60):
        one.load(digit)
        assert np.array_equal(one.image, DIGITS.test.images[digit] / np.float32(255))
        label = DIGITS.test.labels[digit]
        assert f"Test digit {digit} of built-in digits is a {label}." in one.sheet.answer
        right += f"answers {label} " in one.sheet.answer
    assert right >= 50


def test_a_test_digit_chosen_in_the_browser(one):
    one.draw(SEVEN)
    one.sheet.set_state({"strokes": [], "digit": 4})
    assert np.array_equal(one.image, DIGITS.test.images[4] / np.float32(255))
    one.sheet.set_state({"strokes": SEVEN, "digit": -1})
    assert "Test digit" not in one.sheet.answer and one.image.any()


def test_clear_and_a_tap(one):
    one.draw([[[0.5, 0.5]]])
    assert one.outputs.shape == (10,) and one.image.max() == 1
    one.clear()
    assert one.outputs is None and one.sheet.outputs == []


def test_undo_takes_one_stroke(one):
    two = [*SEVEN, [[0.3, 0.5], [0.7, 0.5]]]
    one.draw(two)
    both = one.image.copy()
    one.draw(two[:-1])
    assert not np.array_equal(both, one.image)
    assert np.array_equal(one.image, ink.centred(ink.drawn(SEVEN)))


@pytest.mark.parametrize("digit", [-1, len(DIGITS.test)])
def test_no_such_test_digit(one, digit):
    with pytest.raises(ValueError, match="digit must be between 0 and"):
        one.load(digit)


def test_softmax_outputs_are_called_probabilities(one):
    new = Network([784, Dense(10, softmax)], cost=LogLikelihood())
    other = pad(new, DIGITS)
    other.load(0)
    assert other.sheet.kind == "probability" and "(probability " in other.sheet.answer
    assert sum(other.sheet.outputs) == pytest.approx(1, abs=1e-3)
    assert one.sheet.kind == "output"


def test_images_in_two_dimensions_and_other_dtypes(network):
    for other in (network.astype(np.float64), network.copy()):
        one = pad(other, DIGITS)
        one.load(3)
        assert one.problems == [] and one.outputs.shape == (10,)


def test_outputs_that_are_not_numbers_are_said(network):
    broken = network.copy()
    broken.parameters = np.full_like(broken.parameters, np.nan)
    one = pad(broken, DIGITS)
    one.load(0)
    assert one.sheet.outputs == [None] * 10 and "not a finite number" in one.sheet.answer
    assert one.problems == []


def test_an_error_is_shown_and_recorded(network, monkeypatch):
    one = pad(network, DIGITS)
    monkeypatch.setattr(
        Network, "predict", lambda self, x: (_ for _ in ()).throw(RuntimeError("no <answer>"))
    )
    one.sheet.set_state({"strokes": SEVEN, "digit": -1})
    assert [str(problem) for problem in one.problems] == ["no <answer>"]
    assert "no &lt;answer&gt;" in one._notice.value


def test_drawing_while_it_trains_changes_no_weight(network):
    def trained(draw):
        rng = np.random.default_rng(1)
        new = Network([784, 10], rng=rng)
        one = pad(new, DIGITS)
        worker = threading.Thread(
            target=fit,
            args=(new, DIGITS.training),
            kwargs={
                "epochs": 3,
                "batch_size": 10,
                "optimizer": SGD(1.0),
                "rng": rng,
                "progress": False,
            },
        )
        worker.start()
        while draw and worker.is_alive():
            one.draw(SEVEN)
            one.clear()
        worker.join(20)
        assert not worker.is_alive() and one.problems == []
        return new.parameters

    assert np.array_equal(trained(draw=False), trained(draw=True))


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("wrong", [None, "network", Network])
def test_a_network_is_needed(wrong):
    with pytest.raises(TypeError, match="network must be a trained Network"):
        pad(wrong, DIGITS)


@pytest.mark.parametrize("sizes", [[784, 30, 4], [64, 10], [2, 1]])
def test_a_network_of_another_shape_is_refused(sizes):
    with pytest.raises(ValueError, match=r"784 inputs .* and 10 outputs"):
        pad(Network(sizes), DIGITS)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_data(network):
    with pytest.raises(TypeError, match="data must be a Digits"):
        pad(network, DIGITS.test)


def test_digits_of_the_readers_own_without_labels(network):
    vectors = Dataset(DIGITS.test.images[:3], np.eye(10)[[1, 2, 3]], name="mine")
    own = Digits("mine", DIGITS.training, DIGITS.validation, vectors)
    one = pad(network, own)
    one.load(2)
    assert one.sheet.answer.startswith("Test digit 2 of mine. The network answers")


def test_the_still_shows_the_drawing_or_a_test_digit(one):
    bundle, metadata = one._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == one.words
    one.draw(SEVEN)
    assert one._repr_mimebundle_()[0]["image/png"] != bundle["image/png"]
    one.clear()
    assert one._repr_mimebundle_()[0]["image/png"] == bundle["image/png"]
