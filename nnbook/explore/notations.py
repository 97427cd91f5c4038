"""What each of four notations calls a number of the 2-3-2-2 network, and how it computes it.

It serves the stepper of chapter 03 (NNDL ch. 2). Formulas are HTML with {} for each number.
"""

from __future__ import annotations

from types import ModuleType

from nnbook.derivations import delta_form, index_form, thresholds, two_passes
from nnbook.explore.letters import LAST, SIZES, Formula, Letter, Quantity

PRIMES = {2: "", 3: "′", 4: "″"}


class Book:
    """The book's letters. The notes' notations, below, change what they write in another way."""

    name = "δ"
    origin = "NNDL ch. 2 and note 4"
    module: ModuleType = delta_form
    threshold_sign = 1  # −1 where a threshold is subtracted: θ = −b
    error_sign = 1  # −1 where the error is minus the derivative: g = −δ
    cost = "C"

    def letter(self, quantity: Quantity) -> Letter:
        """What a quantity is called; for "dw" and "db" what the cost is derived by."""
        kind, layer, j, k = quantity
        if kind == "cost":
            return Letter(self.cost)
        if kind == "y":
            return Letter("y", lower=str(j))
        if kind == "x" or (kind == "a" and layer == 1):
            return Letter("x", lower=str(j))
        if kind in ("w", "dw"):
            return self.weight(layer, j, k)
        return self.of_neuron("b" if kind == "db" else kind, layer, j)

    def weight(self, layer: int, j: int, k: int) -> Letter:
        return Letter("w", str(layer), f"{j}{k}")

    def of_neuron(self, kind: str, layer: int, j: int) -> Letter:
        return Letter("δ" if kind == "error" else kind, str(layer), str(j))

    def html(self, quantity: Quantity) -> str:
        """The quantity as it stands in a formula."""
        if quantity.kind == "slope":
            return f"σ′({self.letter(quantity._replace(kind='z')).html})"
        if quantity.kind in ("dw", "db"):
            return f"∂<i>{self.cost}</i>/∂{self.letter(quantity).html}"
        return self.letter(quantity).html

    def formula(self, quantity: Quantity) -> Formula:
        """How a computed quantity comes from others."""
        kind, layer, j, k = quantity
        if kind == "z":
            return self.weighted_input(layer, j)
        if kind == "a":
            return self.activation(layer, j)
        if kind == "cost":
            outputs = [Quantity(part, LAST, n) for n in (1, 2) for part in ("a", "y")]
            source = "the quadratic cost of one example"
            return Formula("½ [({} − {})² + ({} − {})²]", tuple(outputs), source)
        if kind == "error":
            a, y, slope = (Quantity(part, layer, j) for part in ("a", "y", "slope"))
            if layer == LAST:
                return self.output_error(a, y, slope)
            behind = [
                Quantity(part, layer + 1, n, j if part == "w" else 0)
                for n in range(1, SIZES[layer] + 1)
                for part in ("w", "error")
            ]
            return self.hidden_error(behind, a, slope)
        if kind == "db":
            return self.by_bias(Quantity("error", layer, j))
        return self.by_weight(Quantity("a", layer - 1, k), Quantity("error", layer, j))

    def weighted_input(self, layer: int, j: int) -> Formula:
        terms, parts = _sum(layer, j)
        return Formula(terms + " + {}", (*parts, Quantity("b", layer, j)), "z = wa + b")

    def activation(self, layer: int, j: int) -> Formula:
        return Formula("σ({})", (Quantity("z", layer, j),), "a = σ(z)")

    def output_error(self, a: Quantity, y: Quantity, slope: Quantity) -> Formula:
        return Formula("({} − {}) · {}", (a, y, slope), "BP1, with σ′(z) = a (1 − a)")

    def hidden_error(self, behind: list[Quantity], a: Quantity, slope: Quantity) -> Formula:
        source = "BP2: back through the weights, then through the activation"
        return Formula("({} · {} + {} · {}) · {}", (*behind, slope), source)

    def by_bias(self, error: Quantity) -> Formula:
        return Formula("{}", (error,), "BP3")

    def by_weight(self, a: Quantity, error: Quantity) -> Formula:
        return Formula("{} · {}", (a, error), "BP4")


class Thresholds(Book):
    """ŷ = f(β − θ) with g and e; the second hidden layer has the same letters with a prime."""

    name = "thresholds"
    origin = "note 2; the second hidden layer, with primes, is our addition"
    module = thresholds
    threshold_sign = error_sign = -1
    cost = "E"
    letters = {  # noqa: RUF012
        2: {"w": "v", "b": "γ", "z": "α", "a": "b", "error": "e"},
        3: {"w": "v′", "b": "γ′", "z": "α′", "a": "b′", "error": "e′"},
        4: {"w": "w", "b": "θ", "z": "β", "a": "ŷ", "error": "g"},
    }

    def weight(self, layer: int, j: int, k: int) -> Letter:
        return Letter(self.letters[layer]["w"], lower=f"{k}{j}")

    def of_neuron(self, kind: str, layer: int, j: int) -> Letter:
        return Letter(self.letters[layer][kind], lower=str(j))

    def weighted_input(self, layer: int, j: int) -> Formula:
        terms, parts = _sum(layer, j)
        return Formula(terms, parts, "what comes in; the threshold is subtracted in the next step")

    def activation(self, layer: int, j: int) -> Formula:
        parts = Quantity("z", layer, j), Quantity("b", layer, j)
        return Formula("f({} − {})", parts, "equation (2)" if layer == LAST else "as in (2)")

    def output_error(self, a: Quantity, y: Quantity, slope: Quantity) -> Formula:
        return Formula("{} (1 − {}) ({} − {})", (a, a, y, a), "equation (6)")

    def hidden_error(self, behind: list[Quantity], a: Quantity, slope: Quantity) -> Formula:
        source = "equation (11)" + " once more" * (a.layer == 2)
        return Formula("{} (1 − {}) ({} · {} + {} · {})", (a, a, *behind), source)

    def by_bias(self, error: Quantity) -> Formula:
        number = "(8)" if error.layer == LAST else "(10)"
        return Formula("{}", (error,), f"equation {number}: the step is −η times it")

    def by_weight(self, a: Quantity, error: Quantity) -> Formula:
        number = "(7)" if error.layer == LAST else "(9)"
        product = "{} {}".format(*(self.letter(part).html for part in (error, a)))
        return Formula("−{} · {}", (error, a), f"equation {number}: the step is η {product}")


class IndexByIndex(Book):
    """net, out and w_lnd, which names its layer, its source and its target."""

    name = "index by index"
    origin = "note 3; its formulas f1 to f15 were pictures and are lost"
    module = index_form
    cost = "E"

    def weight(self, layer: int, j: int, k: int) -> Letter:
        return Letter("w", lower=f"{layer - 1}{k}{j}", flat=True)

    def of_neuron(self, kind: str, layer: int, j: int) -> Letter:
        base = {"z": "net", "a": "out", "error": "err"}.get(kind, kind)
        return Letter(base, lower=f"{'c' if layer == LAST else layer}{j}", flat=True)

    def letter(self, quantity: Quantity) -> Letter:
        if quantity.kind == "a" and quantity.layer == 1:
            return Letter("out", lower=f"1{quantity.j}", flat=True)
        if quantity.kind == "x":
            return Letter("i", lower=str(quantity.j), flat=True)
        return super().letter(quantity)

    def weighted_input(self, layer: int, j: int) -> Formula:
        terms, parts = _sum(layer, j)
        parts = (*parts, Quantity("b", layer, j))
        return Formula(terms + " + {} · 1", parts, f"f{layer + 1}")

    def activation(self, layer: int, j: int) -> Formula:
        return Formula("f({})", (Quantity("z", layer, j),), f"f{layer + 1}")

    def output_error(self, a: Quantity, y: Quantity, slope: Quantity) -> Formula:
        return Formula("({} − {}) · {} (1 − {})", (a, y, a, a), "f8 and f9, reconstructed")

    def hidden_error(self, behind: list[Quantity], a: Quantity, slope: Quantity) -> Formula:
        behind = [behind[1], behind[0], behind[3], behind[2]]  # the error, then the weight
        source = f"{'f11 and f12' if a.layer == 3 else 'f14'}, reconstructed"
        return Formula("({} · {} + {} · {}) · {} (1 − {})", (*behind, a, a), source)

    def by_bias(self, error: Quantity) -> Formula:
        lost = {4: "as f8", 3: "f13", 2: "f15"}[error.layer]
        return Formula("1 · {}", (error,), f"{lost}, reconstructed")

    def by_weight(self, a: Quantity, error: Quantity) -> Formula:
        lost = {4: "f8 and f10", 3: "f11", 2: "f14"}[error.layer]
        return Formula("{} · {}", (a, error), f"{lost}, reconstructed")


class TwoPasses(Book):
    """∂C/∂w = ∂z/∂w · ∂C/∂z; the layer is told by primes."""

    name = "two passes"
    origin = "note 1"
    module = two_passes

    def weight(self, layer: int, j: int, k: int) -> Letter:
        return Letter("w" + PRIMES[layer], lower=f"{k}{j}")

    def of_neuron(self, kind: str, layer: int, j: int) -> Letter:
        base = "∂C/∂z" if kind == "error" else kind
        return Letter(base + PRIMES[layer], lower=str(j))

    def weighted_input(self, layer: int, j: int) -> Formula:
        source = "forward pass: ∂<i>z</i>/∂<i>w</i> is the number that comes in through <i>w</i>"
        return Formula(*super().weighted_input(layer, j)[:2], source)

    def output_error(self, a: Quantity, y: Quantity, slope: Quantity) -> Formula:
        z, out = (self.letter(a._replace(kind=kind)).html for kind in ("z", "a"))
        source = f"backward pass, first case: ∂<i>C</i>/∂{out} · ∂{out}/∂{z}"
        return Formula("({} − {}) · {}", (a, y, slope), source)

    def hidden_error(self, behind: list[Quantity], a: Quantity, slope: Quantity) -> Formula:
        source = "backward pass, second case: two ways to the cost, added"
        return Formula("{} · ({} · {} + {} · {})", (slope, *behind), source)

    def by_bias(self, error: Quantity) -> Formula:
        z, b = (self.letter(error._replace(kind=kind)).html for kind in ("z", "b"))
        return Formula("1 · {}", (error,), f"∂{z}/∂{b} = 1")

    def by_weight(self, a: Quantity, error: Quantity) -> Formula:
        z = self.letter(error._replace(kind="z")).html
        w = self.weight(error.layer, error.j, a.j).html
        return Formula("{} · {}", (a, error), f"∂{z}/∂{w} · ∂<i>C</i>/∂{z}")


def _sum(layer: int, j: int) -> tuple[str, tuple[Quantity, ...]]:
    """The weighted activations that come into neuron j, as a template and its parts."""
    sources = range(1, SIZES[layer - 2] + 1)
    parts = [
        part for k in sources for part in (Quantity("w", layer, j, k), Quantity("a", layer - 1, k))
    ]
    return " + ".join(["{} · {}"] * len(sources)), tuple(parts)


NOTATIONS = {one.name: one for one in (Book(), Thresholds(), IndexByIndex(), TwoPasses())}
