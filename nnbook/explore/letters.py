"""Names for the numbers of the 2-3-2-2 network, whatever a notation calls them (NNDL ch. 2).

Layers are counted as in the book: the inputs are layer 1. Neurons count from 1.
"""

from __future__ import annotations

from typing import NamedTuple

SIZES = (2, 3, 2, 2)
LAST = 4  # the output layer
SUPERSCRIPTS = str.maketrans("1234", "¹²³⁴")
SUBSCRIPTS = str.maketrans("1234", "₁₂₃₄")


class Quantity(NamedTuple):
    """One number: its `kind`, its layer, its neuron j, and for a weight the neuron k it comes from.

    Given: "x", "y", "w", "b". Computed: "z", "a" (of layer 1: the input), "slope" (f′), "cost",
    "error", and the derivatives "db" and "dw".
    """

    kind: str
    layer: int = 0
    j: int = 0
    k: int = 0


class Letter(NamedTuple):
    """A letter with its indices, as HTML or as plain text."""

    base: str
    upper: str = ""
    lower: str = ""
    flat: bool = False  # net21 and not net₂₁ where there is no HTML

    @property
    def html(self) -> str:
        upper = f"<sup>{self.upper}</sup>" if self.upper else ""
        lower = f"<sub>{self.lower}</sub>" if self.lower else ""
        return f"<i>{self.base}</i>{upper}{lower}"

    @property
    def text(self) -> str:
        if self.flat:
            return self.base + self.lower
        return self.base + self.upper.translate(SUPERSCRIPTS) + self.lower.translate(SUBSCRIPTS)


class Formula(NamedTuple):
    """`template` has a {} for each of `parts`; `source` says which equation it is."""

    template: str
    parts: tuple[Quantity, ...]
    source: str
