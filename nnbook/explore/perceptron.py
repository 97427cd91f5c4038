"""One perceptron with two inputs, its line in the plane, and the rule it learns by (NNDL ch. 1)."""

from __future__ import annotations

from dataclasses import dataclass

from nnbook.checks import one_of, real

Point = tuple[float, float]

CORNERS: tuple[tuple[int, int], ...] = ((0, 0), (0, 1), (1, 0), (1, 1))
TARGETS: dict[str, tuple[int, int, int, int]] = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
}
_NO_LINE = {(0, 1, 1, 0), (1, 0, 0, 1)}  # XOR and its opposite, the only two of the sixteen
_DIGITS = 9  # 0.1 + 0.2 - 0.3 must be 0, not 5.6e-17, which would be > 0


@dataclass(frozen=True)
class Lesson:
    """One use of the learning rule: what was shown, what came out, and the weights before/after."""

    corner: tuple[int, int]
    output: int
    target: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]

    @property
    def error(self) -> int:
        """Target minus output: −1, 0 or 1."""
        return self.target - self.output


@dataclass(frozen=True)
class Outcome:
    """How a run of the rule ended, and after how many passes over the four corners.

    `circle` is the earlier pass that left the very same weights: from there on it all repeats.
    """

    passes: int
    found: bool
    circle: int | None = None


class Perceptron:
    """output = 1 if w₁·x₁ + w₂·x₂ + b > 0, else 0; `target` are the outputs wanted at `CORNERS`.

    ValueError if a target is not four zeros and ones; TypeError or ValueError for a weight that
    is not a finite number.
    """

    def __init__(
        self,
        w1: float = 1.0,
        w2: float = 1.0,
        b: float = -0.5,
        target: tuple[int, ...] = TARGETS["AND"],
    ) -> None:
        self.set(w1, w2, b)
        self.aim(target)

    def set(self, w1: float, w2: float, b: float) -> None:
        """Give it these weights and this bias; the learning rule starts again at the first corner.

        The bias is the book's threshold with the opposite sign.
        """
        self.w1, self.w2, self.b = real("w1", w1), real("w2", w2), real("b", b)
        self.lessons: list[Lesson] = []

    def aim(self, target: tuple[int, ...]) -> None:
        """Change the outputs that are wanted, in the order of `CORNERS`."""
        if len(target) != len(CORNERS) or any(wanted not in (0, 1) for wanted in target):
            raise ValueError(
                f"target must be four outputs, each 0 or 1, but it is {target!r}. Try (0, 0, 0, 1)."
            )
        self.target = tuple(int(wanted) for wanted in target)
        self.lessons = []

    @property
    def target_name(self) -> str:
        """ "AND", "OR", "NAND", "XOR", or "my own"."""
        return next((name for name, table in TARGETS.items() if table == self.target), "my own")

    @property
    def threshold(self) -> float:
        return -self.b + 0.0  # + 0.0: never shown as −0

    def z(self, x1: float, x2: float) -> float:
        """The weighed evidence w·x + b."""
        return round(self.w1 * x1 + self.w2 * x2 + self.b, _DIGITS) + 0.0

    def output(self, x1: float, x2: float) -> int:
        return int(self.z(x1, x2) > 0)

    @property
    def outputs(self) -> tuple[int, ...]:
        """The outputs at the four corners."""
        return tuple(self.output(*corner) for corner in CORNERS)

    @property
    def right(self) -> tuple[bool, ...]:
        """For each corner, whether the output is the one wanted."""
        return tuple(a == y for a, y in zip(self.outputs, self.target, strict=True))

    @property
    def possible(self) -> bool:
        """Whether any straight line gives the target."""
        return self.target not in _NO_LINE

    def region(self, low: float, high: float) -> list[Point]:
        """The part of the square [`low`, `high`]² with output 1, as a polygon; [] if none of it."""
        square = [(low, low), (high, low), (high, high), (low, high)]
        kept: list[Point] = []
        for p, q in zip(square, square[1:] + square[:1], strict=True):
            if self.z(*p) > 0:
                kept.append(p)
            if (self.z(*p) > 0) != (self.z(*q) > 0):
                kept.append(self._crossing(p, q))
        return kept

    def line(self, low: float, high: float) -> list[Point]:
        """The two ends of w·x + b = 0 inside the square [`low`, `high`]²; [] if it is not there."""
        square = [(low, low), (high, low), (high, high), (low, high)]
        return [
            self._crossing(p, q)
            for p, q in zip(square, square[1:] + square[:1], strict=True)
            if (self.z(*p) > 0) != (self.z(*q) > 0)
        ]

    def _crossing(self, p: Point, q: Point) -> Point:
        along = self.z(*p) / (self.z(*p) - self.z(*q))
        return p[0] + along * (q[0] - p[0]), p[1] + along * (q[1] - p[1])

    @property
    def next_corner(self) -> tuple[int, int]:
        """The corner that the learning rule looks at next: they come in turn."""
        return CORNERS[len(self.lessons) % len(CORNERS)]

    def learn(self) -> Lesson:
        """Look at the next corner and correct: w ← w + (y − a)·x and b ← b + (y − a)."""
        x1, x2 = corner = self.next_corner
        y, a = self.target[CORNERS.index(corner)], self.output(x1, x2)
        before = (self.w1, self.w2, self.b)
        self.w1 = round(self.w1 + (y - a) * x1, _DIGITS) + 0.0
        self.w2 = round(self.w2 + (y - a) * x2, _DIGITS) + 0.0
        self.b = round(self.b + (y - a), _DIGITS) + 0.0
        lesson = Lesson(corner, a, y, before, (self.w1, self.w2, self.b))
        self.lessons.append(lesson)
        return lesson

    def learn_to_end(self, limit: int = 200) -> Outcome:
        """Learn in whole passes until all four are right or the weights go round in a circle."""
        while len(self.lessons) % len(CORNERS):
            self.learn()
        first = len(self.lessons) // len(CORNERS)
        seen = {(self.w1, self.w2, self.b): first}
        for done in range(first, first + limit):
            if all(self.right):
                return Outcome(done, True)
            for _ in CORNERS:
                self.learn()
            weights = (self.w1, self.w2, self.b)
            if weights in seen and not all(self.right):
                return Outcome(done + 1, False, circle=seen[weights])
            seen[weights] = done + 1
        return Outcome(first + limit, all(self.right))


def target_named(name: str) -> tuple[int, int, int, int]:
    """The outputs of a gate: "AND", "OR", "NAND" or "XOR"."""
    return TARGETS[one_of("target", name, TARGETS)]
