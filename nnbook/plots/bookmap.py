"""Which chapter of this book needs which (chapter 00)."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from nnbook.plots.style import BLACK, BLUE, figure

PLACES: dict[str, tuple[float, float]] = {
    "00": (0, 1),
    "01": (1, 1),
    "02": (2, 1),
    "03": (3, 1),
    "04": (4, 1),
    "05": (5, 1),
    "06": (6, 1),
    "07": (3, 2),
    "08": (4.6, 0),
    "09": (5.65, 0),
    "10": (6.7, 0),
    "11": (6, 2),
}
NAMES = {
    "00": "Start\nhere",
    "01": "Perceptron",
    "02": "Sigmoid,\nlearning digits",
    "03": "Four\nequations",
    "04": "Cross-\nentropy",
    "05": "Regular-\nization, start",
    "06": "Hyper-\nparameters",
    "07": "Universality",
    "08": "Vanishing\ngradients",
    "09": "Convolutional\nnetworks",
    "10": "Beyond",
    "11": "Glossary",
}
NEEDS = (
    ("00", "01"),
    ("01", "02"),
    ("02", "03"),
    ("03", "04"),
    ("04", "05"),
    ("05", "06"),
    ("02", "07"),
    ("05", "08"),
    ("08", "09"),
    ("09", "10"),
)


def chapter_map() -> Figure:
    """The chapters as boxes; an arrow goes from what must be read first."""
    fig = figure(10.5, 4.3)
    axes = fig.subplots()
    for first, then in NEEDS:
        (x0, y0), (x1, y1) = PLACES[first], PLACES[then]
        if y0 == y1:
            start, end = (x0 + 0.42, y0), (x1 - 0.44, y1)
        elif y1 > y0:
            start, end = (x0 + 0.25, y0 + 0.3), (x1 - 0.44, y1 - 0.1)
        else:
            start, end = (x0 + 0.1, y0 - 0.3), (x1, y1 + 0.32)
        axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "lw": 1.6, "color": BLACK})
    for number, (x, y) in PLACES.items():
        axes.add_patch(
            FancyBboxPatch(
                (x - 0.4, y - 0.28),
                0.8,
                0.56,
                boxstyle="round,pad=0.02",
                zorder=3,
                facecolor=BLUE,
                edgecolor=BLUE,
                lw=1.6,
            )
        )
        axes.text(
            x,
            y + 0.16,
            number,
            ha="center",
            va="center",
            fontsize=11,
            weight="bold",
            color="white",
            zorder=4,
        )
        axes.text(
            x,
            y - 0.08,
            NAMES[number],
            ha="center",
            va="center",
            fontsize=10,
            color="white",
            zorder=4,
            linespacing=0.95,
        )
    axes.text(6, 2.4, "for looking things up, any time", ha="center", fontsize=10)
    axes.set(xlim=(-0.5, 7.2), ylim=(-0.4, 2.6))
    axes.axis("off")
    return fig
