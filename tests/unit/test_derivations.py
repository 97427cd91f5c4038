"""Four notations, one gradient: they agree with each other, with the network, and with SymPy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnbook.data.dataset import Dataset
from nnbook.derivations import (
    LEARNING_RATE,
    NETWORK,
    Problem,
    backprop,
    delta_form,
    dictionary,
    differences,
    index_form,
    mean,
    random_problem,
    slips,
    thresholds,
    two_passes,
)
from nnbook.gradient_check import numerical_gradient

NOTATIONS = [delta_form, thresholds, index_form, two_passes]
PROBLEMS = {"example": NETWORK} | {
    f"random {seed}": random_problem(np.random.default_rng(seed)) for seed in range(5)
}
saturated = replace(NETWORK, x=np.array([40.0, -30.0]))
PROBLEMS |= {"saturated": saturated, "no input": replace(NETWORK, x=np.zeros(2))}


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda module: module.__name__.split(".")[-1])
@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
class TestEachNotation:
    def test_agrees_with_the_network(self, notation, problem):
        assert np.abs(notation.gradient(problem).flat - backprop(problem).flat).max() < 1e-12

    def test_agrees_with_the_others(self, notation, problem):
        for other in NOTATIONS:
            difference = notation.gradient(problem).flat - other.gradient(problem).flat
            assert np.abs(difference).max() < 1e-12

    def test_agrees_with_central_differences(self, notation, problem):
        assert np.abs(notation.gradient(problem).flat - differences(problem).flat).max() < 1e-9

    def test_its_trace_is_the_network(self, notation, problem):
        found = notation.trace(problem)
        network = problem.network()
        network.forward(problem.x[np.newaxis], training=True)
        for a, layer in zip(found.a, network.layers, strict=True):
            assert np.allclose(a, layer.a[0], rtol=0, atol=1e-12)
        assert found.cost == pytest.approx(problem.cost, abs=1e-15)


def test_the_example_is_worth_following():
    parameters = NETWORK.parameters
    weights = parameters[: sum(w.size for w in NETWORK.w)]
    assert len(set(weights)) == len(weights) == 16
    assert len(parameters) == 23
    assert NETWORK.sizes == (2, 3, 2, 2)
    sizes = np.abs(backprop(NETWORK).flat)
    assert sizes.min() > 0.019 and sizes.max() < 0.15  # four digits show them all


def test_network_and_differences_are_in_the_order_of_the_parameters():
    network = NETWORK.network()
    assert np.array_equal(network.parameters, NETWORK.parameters)
    x, y = NETWORK.x[np.newaxis], NETWORK.y[np.newaxis]
    assert np.allclose(
        differences(NETWORK).flat, numerical_gradient(network, x, y), rtol=0, atol=1e-10
    )
    assert NETWORK.cost == pytest.approx(network.evaluate(Dataset(x, y, name="one")).cost)
    assert np.array_equal(NETWORK.at(NETWORK.parameters).parameters, NETWORK.parameters)


def test_signs_of_the_dictionary():
    book, note2 = delta_form.trace(NETWORK), thresholds.trace(NETWORK)
    for delta, e, db, dθ, z, β, b in zip(
        *(book.errors, note2.errors, book.b, note2.b, book.z, note2.z, NETWORK.b), strict=True
    ):
        assert np.allclose(delta, -e, rtol=0, atol=1e-15)  # δ = −g and δ = −e
        assert np.allclose(db, -dθ, rtol=0, atol=1e-15)  # ∂C/∂b = −∂E/∂θ
        assert np.allclose(z, β + b, rtol=0, atol=1e-15)  # z = β − θ with θ = −b


def test_thresholds_of_the_note_itself():
    """One hidden layer, as the note has it, against the book's form; Δ is the step divided by η."""
    problem = random_problem(np.random.default_rng(7), (3, 4, 2))
    v, w = (matrix.T for matrix in problem.w)
    γ, θ = (-bias for bias in problem.b)
    found = thresholds.one_hidden_layer(v, γ, w, θ, problem.x, problem.y, problem.f)
    book = delta_form.gradient(problem)
    assert np.allclose(found.Δv, -book.w[0].T, rtol=0, atol=1e-14)
    assert np.allclose(found.Δw, -book.w[1].T, rtol=0, atol=1e-14)
    assert np.allclose(found.Δγ, book.b[0], rtol=0, atol=1e-14)  # Δγ = −Δb = ∂C/∂b
    assert np.allclose(found.Δθ, book.b[1], rtol=0, atol=1e-14)
    assert np.allclose(found.ŷ, problem.output, rtol=0, atol=1e-14)


def test_two_passes_with_one_hidden_layer():
    problem = random_problem(np.random.default_rng(8), (2, 2, 2))
    w, wʹ = (matrix.T for matrix in problem.w)
    found = two_passes.one_hidden_layer(
        w, problem.b[0], wʹ, problem.b[1], problem.x, problem.y, problem.f
    )
    book = delta_form.gradient(problem)
    assert np.allclose(found.dC_dzʹ, book.b[1], rtol=0, atol=1e-14)
    assert np.allclose(found.dC_dz, book.b[0], rtol=0, atol=1e-14)
    assert np.allclose(found.dC_dw, book.w[0].ravel(), rtol=0, atol=1e-14)


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3, 2), (3, 4, 2, 3, 1), (2, 2, 2, 2, 2, 2)])
def test_any_number_of_hidden_layers(sizes):
    problem = random_problem(np.random.default_rng(1), sizes)
    for module in (delta_form, two_passes):
        assert np.abs(module.gradient(problem).flat - backprop(problem).flat).max() < 1e-12


def test_the_cost_over_m_examples_has_the_mean_gradient():
    rng = np.random.default_rng(3)
    many = [replace(NETWORK, x=rng.standard_normal(2), y=rng.random(2)) for _ in range(5)]
    network = NETWORK.network()
    network.backprop(np.array([p.x for p in many]), np.array([p.y for p in many]))
    assert np.abs(index_form.gradient(*many).flat - network.gradient / 5).max() < 1e-12
    for module in NOTATIONS:
        together = mean([module.gradient(problem) for problem in many])
        assert np.abs(together.flat - network.gradient / 5).max() < 1e-12


class TestRefusals:
    def test_index_form_is_one_network_only(self):
        other = random_problem(np.random.default_rng(0), (2, 3, 3, 2))
        with pytest.raises(ValueError, match=r"2-3-2-2 network, but it is 2-3-3-2: use"):
            index_form.gradient(other)

    def test_thresholds_have_two_hidden_layers(self):
        other = random_problem(np.random.default_rng(0), (2, 3, 2))
        with pytest.raises(ValueError, match=r"two hidden layers.*its sizes are 2-3-2\."):
            thresholds.gradient(other)

    def test_shapes(self):
        with pytest.raises(ValueError, match=r"y must have the shape \(2,\), but it has \(3,\)"):
            replace(NETWORK, y=np.zeros(3))
        with pytest.raises(ValueError, match=r"layer 2: w must have the shape .* with \(3,\)"):
            replace(NETWORK, x=np.zeros(3))
        with pytest.raises(ValueError, match="an array for each layer"):
            Problem(w=NETWORK.w, b=NETWORK.b[:2], x=NETWORK.x, y=NETWORK.y)


COUNTED = [slip for slip in slips.SLIPS if slip.numbers]


class TestSlips:
    @pytest.mark.parametrize("slip", COUNTED, ids=lambda slip: f"note {slip.note}: {slip.place}")
    @pytest.mark.parametrize("seed", [None, 1, 2])
    def test_as_printed_it_is_wrong_as_meant_it_is_right(self, slip, seed):
        problem = NETWORK if seed is None else random_problem(np.random.default_rng(seed))
        printed, meant, truth = slip.numbers(problem)
        assert meant == pytest.approx(truth, abs=1e-9)
        assert abs(printed - truth) > 1e-3

    def test_every_note_is_there(self):
        assert {slip.note for slip in slips.SLIPS} == {1, 2, 3, 4}
        assert len(COUNTED) == 11
        rows = slips.table().rows
        assert len(rows) == len(slips.SLIPS)
        assert all(len(row) == 8 for row in rows)

    def test_a_step_with_the_sign_as_printed_climbs(self):
        """(7), second line, for all weights of the output layer: the cost rises."""
        note, cost = thresholds.trace(NETWORK), {}
        for sign in (-1, 1):  # as printed −η g b, as meant η g b
            step = sign * LEARNING_RATE * np.outer(note.errors[-1], note.a[-2])
            cost[sign] = replace(NETWORK, w=(*NETWORK.w[:-1], NETWORK.w[-1] + step)).cost
        assert cost[1] < NETWORK.cost < cost[-1]


def test_dictionary():
    table = dictionary.table()
    assert len(table.header) == 7
    assert all(len(row) == 7 for row in table.rows)
    assert "b = −θ" in repr(table)
    assert all(cell.count("$") == 2 for row in table.rows for cell in row[1:5])


class TestProofs:
    sympy = pytest.importorskip("sympy")

    def test_the_derivative_of_the_sigmoid(self):
        from nnbook.derivations import proofs

        assert proofs.sigmoid_derivative() == 0

    @pytest.mark.parametrize("name", ["δ", "thresholds", "index by index", "two passes"])
    def test_every_formula_is_the_derivative(self, name):
        from nnbook.derivations import proofs

        rest = proofs.remainders(name)
        assert len(rest) == 16 + 7 + 7  # weights, biases, errors
        assert all(value == 0 for value in rest.values()), rest

    def test_a_wrong_formula_is_found(self, monkeypatch):
        """Half of BP2 without 1 − a in the first layer: what hangs on it is wrong."""
        from nnbook.derivations import proofs

        right = two_passes.backward_pass

        def forgets_the_slope(problem, activations, layer=0):
            first, *behind = right(problem, activations, layer)
            return [first / (1 - activations[layer]), *behind] if layer == 0 else [first, *behind]

        monkeypatch.setattr(two_passes, "backward_pass", forgets_the_slope)
        wrong = {letter for letter, rest in proofs.remainders("two passes").items() if rest != 0}
        first = {f"w^{{2}}_{{{j}{k}}}" for j in (1, 2, 3) for k in (1, 2)}
        first |= {f"{letter}^{{2}}_{{{j}}}" for letter in ("b", r"\delta") for j in (1, 2, 3)}
        assert wrong == first

    def test_short_enough_to_read(self):
        from nnbook.derivations import proofs

        network = proofs.letters()
        derivative = self.sympy.diff(network.cost, network.w[2][0, 0])
        short = proofs.abbreviated(derivative, network)
        a, output, y = (
            self.sympy.Symbol(s, real=True) for s in ("a^{3}_{1}", "a^{4}_{1}", "y_{1}")
        )
        assert short == a * output * (1 - output) * (output - y)

    def test_the_notes_own_networks(self):
        """One hidden layer: (6) to (11) of note 2, and case 1 of note 1."""
        from nnbook.derivations import proofs

        sympy = self.sympy
        network = proofs.letters((2, 2, 2))
        truth = proofs.derivatives(network)
        v, w = (matrix.T for matrix in network.w)
        γ, θ = (-bias for bias in network.b)
        found = thresholds.one_hidden_layer(v, γ, w, θ, network.x, network.y, network.f)
        passes = two_passes.one_hidden_layer(
            v, network.b[0], w, network.b[1], network.x, network.y, network.f
        )
        pairs = [
            *zip(found.Δv.T.ravel(), -truth.w[0].ravel(), strict=True),
            *zip(found.Δw.T.ravel(), -truth.w[1].ravel(), strict=True),
            *zip([*found.Δγ, *found.Δθ], [*truth.b[0], *truth.b[1]], strict=True),
            *zip([*found.e, *found.g], [*-truth.b[0], *-truth.b[1]], strict=True),
            *zip(passes.dC_dw, truth.w[0].ravel(), strict=True),
            *zip([*passes.dC_dz, *passes.dC_dzʹ], [*truth.b[0], *truth.b[1]], strict=True),
        ]
        assert all(sympy.expand(ours - theirs) == 0 for ours, theirs in pairs)

    def test_the_table(self):
        from nnbook.derivations import proofs

        assert [row[1:] for row in proofs.table().rows] == [("30", "30")] * 4
