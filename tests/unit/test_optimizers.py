"""Optimizers: steps worked out by hand, PyTorch where it is installed, wrong arguments."""

import copy

import numpy as np
import pytest

from nnbook import SGD, Adam, Dataset, Momentum, Nesterov, Network, fit, train

pytestmark = pytest.mark.usefixtures("plain_arguments")
ALL = [SGD(0.5), Momentum(0.5, 0.8), Nesterov(0.5, 0.8), Adam(0.5, 0.7, 0.9)]


def walk(optimizer, start, slope, steps):
    """Positions after each step down the slope(v)."""
    parameters = np.array(start, float)
    optimizer.start(parameters)
    positions = []
    for _ in range(steps):
        optimizer.step(parameters, slope(parameters).copy())
        positions.append(parameters.tolist())
    return np.array(positions)


def test_momentum_by_hand():
    # C = v², ∇C = 2v, η = 0.1, μ = 0.5, from v = 1: velocities −0.2, −0.26, −0.238
    positions = walk(Momentum(0.1, 0.5), [1.0], lambda v: 2 * v, 3)
    np.testing.assert_allclose(positions[:, 0], [0.8, 0.54, 0.302])


def test_nesterov_by_hand():
    # w, velocity and the point ahead p = w + μv, computed in the form of Nesterov's paper
    w, velocity, ahead = 1.0, 0.0, []
    for _ in range(4):
        velocity = 0.5 * velocity - 0.1 * 2 * (w + 0.5 * velocity)
        w += velocity
        ahead.append(w + 0.5 * velocity)
    positions = walk(Nesterov(0.1, 0.5), [1.0], lambda v: 2 * v, 4)
    np.testing.assert_allclose(positions[:, 0], ahead)


def test_adam_by_hand():
    # its first step is η in each direction, whatever the size of the slope
    positions = walk(Adam(0.1), [1.0, -100.0, 1e-3], lambda v: 2 * v, 1)
    np.testing.assert_allclose(positions[0], [0.9, -99.9, 1e-3 - 0.1], rtol=1e-5)


def test_without_friction_lost_momentum_is_gradient_descent():
    slope = lambda v: np.array([2 * v[0], 20 * v[1]])  # noqa: E731
    plain = walk(SGD(0.02), [1.0, 1.0], slope, 20)
    for kind in (Momentum, Nesterov):
        np.testing.assert_allclose(walk(kind(0.02, 0), [1.0, 1.0], slope, 20), plain)


@pytest.mark.parametrize("ours", ALL, ids=lambda optimizer: type(optimizer).__name__)
def test_same_steps_as_pytorch(ours):
    torch = pytest.importorskip("torch")
    theirs = {
        SGD: lambda p: torch.optim.SGD(p, lr=0.05),
        Momentum: lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8),
        Nesterov: lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
        Adam: lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.7, 0.9), eps=1e-8),
    }[type(ours)]
    ours = copy.copy(ours)
    ours.learning_rate = 0.05
    curvature = np.array([1.0, 10.0, 0.1])
    positions = walk(ours, [1.0, -2.0, 3.0], lambda v: curvature * v, 12)
    v = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64, requires_grad=True)
    optimizer = theirs([v])
    for position in positions:
        optimizer.zero_grad()
        (torch.tensor(curvature) * v * v / 2).sum().backward()
        optimizer.step()
        np.testing.assert_allclose(position, v.detach().numpy(), rtol=1e-9)


@pytest.mark.parametrize("optimizer", ALL, ids=lambda optimizer: type(optimizer).__name__)
def test_runs_share_nothing(optimizer):
    """One optimizer serves two runs: the second is as if the first had never been."""
    data = Dataset(np.random.default_rng(0).random((40, 6)), np.arange(40) % 3, classes=3)

    def weights():
        network = Network([6, 4, 3])
        fit(network, data, epochs=2, batch_size=7, optimizer=optimizer, rng=1, progress=False)
        return network.parameters

    np.testing.assert_array_equal(weights(), weights())
    assert not hasattr(optimizer, "velocity") and not hasattr(optimizer, "m")


@pytest.mark.parametrize("optimizer", ALL, ids=lambda optimizer: type(optimizer).__name__)
def test_going_on_from_a_state(optimizer):
    """Ten steps are five steps, then five from the stored state: to the last bit."""
    rng = np.random.default_rng(0)
    gradients = rng.standard_normal((10, 5)).astype(np.float32)
    whole, first, second = (copy.deepcopy(optimizer) for _ in range(3))
    parameters = [np.ones(5, np.float32) for _ in range(2)]
    for each in (whole, first, second):
        each.start(parameters[0])
    for gradient in gradients:
        whole.step(parameters[0], gradient.copy())
    for gradient in gradients[:5]:
        first.step(parameters[1], gradient.copy())
    for name, array in first.state().items():
        second.state()[name][...] = array
    for gradient in gradients[5:]:
        second.step(parameters[1], gradient.copy())
    np.testing.assert_array_equal(*parameters)


@pytest.mark.parametrize("optimizer", ALL, ids=lambda optimizer: type(optimizer).__name__)
def test_float32_stays_float32(optimizer):
    parameters = np.ones(3, np.float32)
    optimizer = copy.deepcopy(optimizer)
    optimizer.start(parameters)
    for _ in range(3):
        optimizer.step(parameters, np.ones(3, np.float32))
    arrays = [array for name, array in optimizer.state().items() if name != "t"]
    assert all(array.dtype == np.float32 for array in [parameters, *arrays])


def test_momentum_learns_what_plain_descent_is_too_slow_for():
    data = Dataset(np.random.default_rng(0).random((200, 6)), np.arange(200) % 2, classes=2)

    def cost(optimizer):
        network = Network([6, 4, 2])
        *_, last = train(
            network, data, epochs=5, batch_size=20, optimizer=optimizer, rng=1, monitor={"d": data}
        )
        return last.scores["d"].cost

    assert cost(Momentum(0.02, 0.9)) < cost(SGD(0.02))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Momentum(0.1, 1.0), ValueError, "mu must be at least 0 and less than 1"),
        (lambda: Momentum(0.1, -0.1), ValueError, "mu must be at least 0 and less than 1"),
        (lambda: Momentum(0.1, "0.9"), TypeError, "mu must be a number"),
        (lambda: Nesterov(0.0), ValueError, "learning_rate must be greater than 0"),
        (lambda: Adam(beta1=1), ValueError, "beta1 must be at least 0 and less than 1"),
        (lambda: Adam(beta2=float("nan")), ValueError, "beta2 must be a finite number"),
    ],
)
def test_wrong_arguments(make, error, message):
    with pytest.raises(error, match=message):
        make()


def test_how_they_are_written():
    written = [repr(optimizer) for optimizer in ALL]
    assert written == [
        "SGD(0.5)",
        "Momentum(0.5, mu=0.8)",
        "Nesterov(0.5, mu=0.8)",
        "Adam(0.5, beta1=0.7, beta2=0.9)",
    ]
    assert repr(Adam()) == "Adam(0.001)"
