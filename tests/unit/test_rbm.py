"""The restricted Boltzmann machine against sums over all its states, and how it learns."""

import copy
import itertools

import numpy as np
import pytest

from nnbook import L2, SGD, Dataset, Diverged, Epoch, History, Step
from nnbook.data import bars_and_stripes
from nnbook.gradient_check import relative_error
from nnbook.models import RBM, contrastive_divergence
from nnbook.models.contrastive_divergence import cd_gradient, reconstruction_score
from nnbook.models.rbm import all_states, drawn
from nnbook.optimizers import Adam, Momentum

DATA = bars_and_stripes(2)
USUAL = {"epochs": 2, "batch_size": 4, "optimizer": SGD(0.1), "rng": 0}


def machine(n_visible=4, n_hidden=3, seed=0):
    """Weights and biases of every size, float64."""
    result = RBM(n_visible, n_hidden, dtype=np.float64)
    result.parameters[...] = np.random.default_rng(seed).normal(size=result.parameters.size)
    return result


def energies(m):
    """The table of −E(v, h), a row for each v, a column for each h, state by state."""
    return np.array([
        [m.c @ v + m.b @ h + h @ m.W @ v for h in all_states(m.n_hidden)]
        for v in all_states(m.n_visible)
    ])  # fmt: skip


def test_free_energy_and_likelihood_are_sums_over_all_states():
    for sizes in ((4, 3), (3, 5)):  # the sum runs over the smaller layer
        m = machine(*sizes)
        weights = np.exp(energies(m))
        v = all_states(m.n_visible)
        np.testing.assert_allclose(m.free_energy(v), -np.log(weights.sum(axis=1)))
        np.testing.assert_allclose(
            m.log_likelihood(v), np.log(weights.sum(axis=1) / weights.sum()), rtol=1e-10
        )
        assert np.exp(m.log_likelihood(v)).sum() == pytest.approx(1)


def test_up_and_down_are_the_conditional_probabilities():
    m = machine()
    weights, v, h = np.exp(energies(m)), all_states(4), all_states(3)
    np.testing.assert_allclose(m.up(v), weights @ h / weights.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(m.down(h), weights.T @ v / weights.sum(axis=0)[:, None])
    np.testing.assert_allclose(m.reconstruct(v), m.down(m.up(v)))
    error = ((v - m.reconstruct(v)) ** 2).sum(axis=1)
    np.testing.assert_allclose(m.reconstruction_error(v), error)


def slopes(f, m, step=1e-5):
    """df/dparameters by central differences."""
    result = np.empty_like(m.parameters)
    for i, here in enumerate(m.parameters.tolist()):
        m.parameters[i] = here + step
        above = f()
        m.parameters[i] = here - step
        result[i] = (above - f()) / (2 * step)
        m.parameters[i] = here
    return result


@pytest.mark.parametrize("v", [DATA.x(np.float64), np.random.default_rng(1).random((3, 4))])
def test_slopes_agree_with_differences(v):
    """Also for grey pixels, where ln p(v) is −F(v) − ln Z."""
    m = machine()
    free = slopes(lambda: m.free_energy(v).sum(), m)
    exact = slopes(lambda: -m.log_likelihood(v).sum(), m)
    for part in (slice(12), slice(12, 15), slice(15, 19)):  # W, b, c
        assert relative_error(m.slope(v)[part], free[part]) < 1e-7
        assert relative_error(m.likelihood_slope(v)[part], exact[part]) < 1e-7


@pytest.mark.parametrize("k", [1, 2, 50])
def test_the_mean_of_contrastive_divergence_is_that_of_its_chain(k):
    """The chain's transitions, enumerated; many steps lead to the exact slope."""
    m, v0 = machine(), np.array([[1.0, 0.0, 1.0, 1.0]])
    states, hidden = all_states(4), all_states(3)
    up = np.prod(np.where(hidden[None] == 1, m.up(states)[:, None], 1 - m.up(states)[:, None]), 2)
    down = np.prod(np.where(states[None] == 1, m.down(hidden)[:, None],
                            1 - m.down(hidden)[:, None]), 2)  # fmt: skip
    chain = np.linalg.matrix_power(up @ down, k)
    ends = chain[(states == v0).all(axis=1)][0]
    each = np.array([m.slope(v[None]) for v in states])
    expected = m.slope(v0) - ends @ each
    n = 20000
    total, v_k = cd_gradient(m, np.repeat(v0, n, axis=0), np.random.default_rng(2), k)
    spread = np.sqrt(ends @ each**2 - (ends @ each) ** 2) / np.sqrt(n)
    assert (np.abs(total / n - expected) < 5 * spread + 1e-12).all()
    assert set(np.unique(v_k)) == {0, 1}
    if k == 50:
        np.testing.assert_allclose(expected, m.likelihood_slope(v0), atol=1e-6)


def test_a_dream_visits_states_as_often_as_they_are_likely():
    m = machine()
    rng, v = np.random.default_rng(0), np.zeros((5000, 4))
    for _ in range(20):
        v, p = m.gibbs_step(v, rng)
    often = np.bincount((v @ 2 ** np.arange(4)).astype(int), minlength=16) / len(v)
    np.testing.assert_allclose(often, np.exp(m.log_likelihood(all_states(4))), atol=0.03)
    first = list(itertools.islice(m.dream(v[:2], 7), 3))
    again = list(itertools.islice(m.dream(v[:2], np.random.default_rng(7)), 3))
    np.testing.assert_array_equal(first, again)
    assert p.min() > 0 and p.max() < 1 and first[0].shape == (2, 4)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("optimizer", [SGD(1.0), Momentum(0.2), Adam(0.05)], ids=str)
def test_learning_raises_the_exact_likelihood(optimizer):
    """−ln 512 = −6.24 is knowing nothing, −ln 14 = −2.64 would be perfect."""
    pictures = bars_and_stripes(3)
    m, v = RBM(9, 12, rng=0, dtype=np.float64), pictures.x(np.float64)
    assert m.log_likelihood(v).mean() == pytest.approx(-np.log(512), abs=0.01)
    m.W[...] *= 10  # a quicker start
    before, data = m.log_likelihood(v).mean(), pictures[np.tile(np.arange(14), 10)]
    history = History(data.name)
    for event in contrastive_divergence(
        m, data, epochs=200, batch_size=140, optimizer=optimizer, rng=0, monitor={"all": pictures}
    ):
        history.add(event)
    assert m.log_likelihood(v).mean() > before + 2
    assert history.cost("all")[-1] < 0.5 * history.cost("all")[0]


def test_events_are_those_of_training_and_the_seed_decides():
    first, second, other = RBM(4, 3, rng=1), RBM(4, 3, rng=1), RBM(4, 3, rng=1)
    events = list(contrastive_divergence(first, DATA, monitor={"all": DATA}, **USUAL))
    assert [type(event) for event in events] == [Step, Step, Epoch] * 2  # 6 = 4 + 2
    assert [e.step for e in events if isinstance(e, Step)] == [1, 2, 3, 4]
    assert events[-1].scores["all"] == reconstruction_score(first, DATA)
    error = first.reconstruction_error(DATA.x()).mean()
    assert events[-1].scores["all"].cost == pytest.approx(error)
    list(contrastive_divergence(second, DATA, **USUAL))
    np.testing.assert_array_equal(first.parameters, second.parameters)
    list(contrastive_divergence(other, DATA, **{**USUAL, "rng": 1}))
    assert not np.array_equal(first.parameters, other.parameters)


def test_weight_decay_touches_weights_only():
    plain, decayed = machine(), machine()
    start = plain.W.copy()
    settings = {**USUAL, "epochs": 1, "batch_size": 6}
    list(contrastive_divergence(plain, DATA, **settings))
    *_, epoch = contrastive_divergence(decayed, DATA, regularizer=L2(3.0), **settings)
    np.testing.assert_allclose(plain.W - decayed.W, 0.1 * 3.0 / 6 * start, rtol=1e-9)
    np.testing.assert_array_equal(plain.b, decayed.b)
    np.testing.assert_array_equal(plain.c, decayed.c)
    assert epoch.penalty == pytest.approx(3.0 / 12 * (decayed.W**2).sum())


def test_views_also_in_copies():
    m = RBM(4, 3)
    twin = copy.deepcopy(m)
    twin.W[...] = 2
    twin.b[...], twin.c[...] = 3, 5
    assert twin.parameters.tolist() == [2] * 12 + [3] * 3 + [5] * 4
    assert m.W.max() < 1 and m.up(np.ones((2, 4), np.float32)).dtype == np.float32
    assert repr(m) == "RBM(4, 3)"
    half = drawn(np.full((100, 100), 0.5), np.random.default_rng(0))
    assert half.mean() == pytest.approx(0.5, abs=0.03)


def test_all_pictures_of_bars_and_stripes():
    assert [len(bars_and_stripes(side)) for side in (2, 3, 4)] == [6, 14, 30]
    images = bars_and_stripes(3).images
    assert len(np.unique(images.reshape(14, -1), axis=0)) == 14
    for image, label in zip(images, bars_and_stripes(3).labels, strict=True):
        lines = image if label else image.T
        assert (lines == lines[:, :1]).all()


@pytest.mark.filterwarnings("ignore:overflow")
def test_a_run_that_grows_without_bounds_is_stopped():
    m = RBM(4, 3)
    with pytest.raises(Diverged, match="try a tenth"):
        list(contrastive_divergence(m, DATA, **{**USUAL, "optimizer": SGD(1e38), "epochs": 50},
                                    regularizer=L2(1e3)))  # fmt: skip
    assert np.isfinite(m.parameters).all()


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: RBM(0, 3), ValueError, "n_visible must be at least 1"),
        (lambda: RBM(3, 2.5), TypeError, "n_hidden must be a whole number"),
        (lambda: RBM(4, 3).up(np.zeros((2, 5))), ValueError, "v must have .* 4 numbers"),
        (lambda: RBM(4, 3).down(np.zeros(3)), ValueError, "h must have .* 3 numbers"),
        (lambda: RBM(4, 3).gibbs_step(np.zeros((1, 4)), "0"), TypeError, "rng must be a seed"),
        (lambda: cd_gradient(RBM(4, 3), np.zeros((1, 4)), None), TypeError, "rng must be a seed"),
        (lambda: RBM(20, 20).log_likelihood(np.zeros((1, 20))), ValueError, "at most 16 units"),
        (lambda: RBM(17, 3).likelihood_slope(np.zeros((1, 17))), ValueError, "at most 16 visible"),
        (lambda: contrastive_divergence(RBM(5, 3), DATA, **USUAL), ValueError,
         "data must have inputs of 5 numbers.*bars and stripes has 4"),
        (lambda: contrastive_divergence(RBM(4, 3), DATA, **USUAL, k=0), ValueError, "k must be"),
        (lambda: contrastive_divergence(RBM(4, 3), DATA, **{**USUAL, "batch_size": 7}), ValueError,
         "batch_size must be between 1 and 6"),
        (lambda: contrastive_divergence(RBM(4, 3), DATA, **{**USUAL, "optimizer": 0.1}), TypeError,
         "optimizer must be"),
        (lambda: contrastive_divergence(
            RBM(2, 3), Dataset(np.array([[0.0, -2.0]]), np.array([0])), **USUAL), ValueError,
         "data must have inputs between 0 and 1.* from -2 to 0"),
        (lambda: contrastive_divergence(RBM(4, 3), DATA.x(), **USUAL), TypeError, "data must be"),
        (lambda: bars_and_stripes(1), ValueError, "side must be between 2 and 8"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make()
