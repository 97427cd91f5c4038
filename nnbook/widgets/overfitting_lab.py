"""The overfitting lab: data, λ, L1 or L2, dropout; four live curves and all the weights."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as W
import numpy as np
from matplotlib.axes import Axes

from nnbook import plots
from nnbook.data.dataset import Digits
from nnbook.explore import overfitting
from nnbook.explore.overfitting import BINS, WIDEST, WeightSizes, start_shares, weight_sizes
from nnbook.explore.runs import Comparison, Curve
from nnbook.explore.settings import PENALTIES, Settings
from nnbook.plots.show import png
from nnbook.plots.style import BLUE, GREY
from nnbook.widgets import controls, lab_view
from nnbook.widgets import curves as svg
from nnbook.widgets.laboratory import Laboratory
from nnbook.widgets.settings_form import Form

SHOWN = ("training", "validation")  # the costs of single mini-batches would hide the curves
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 460, 220, 66, 46, 30
TALLEST = 0.2  # a share of weights that reaches the top of the picture, unless one is larger
EXAMPLE = {"training_size": 300, "epochs": 40}


class OverfittingForm(Form):
    """Six controls, and the book's overfitting run for all else."""

    def __init__(self, digits: Digits) -> None:
        sizes = overfitting.sizes(digits)
        self.size = controls.series_slider("training images", 1000, sizes)
        self.lambda_ = controls.series_slider("penalty λ", 0, overfitting.STRENGTHS)
        self.penalty = controls.choice("kind of penalty", list(PENALTIES))
        self.dropout = controls.slider("dropout p", 0, 0, 0.9, 0.1, digits=1)
        self.hidden = controls.choice("hidden neurons", overfitting.HIDDEN)
        self.epochs = controls.whole_slider("epochs", 60, 10, 400, 10)
        columns = controls.side_by_side(
            W.VBox([self.size, self.lambda_, self.dropout]),
            W.VBox([self.epochs, self.penalty, self.hidden]),
        )
        self.taught = ["training_size", "hidden", "lambda_", "penalty", "dropout", "epochs"]
        super().__init__([columns])

    def settings(self) -> Settings:
        return overfitting.settings(
            training_size=int(self.size.value),
            lambda_=float(self.lambda_.value),
            penalty=self.penalty.value,
            dropout=round(self.dropout.value, 2),
            hidden=self.hidden.value,
            epochs=self.epochs.value,
        )

    def watch(self, observe: Callable[[W.Widget], None]) -> None:
        for control in (
            self.size, self.lambda_, self.penalty, self.dropout, self.hidden, self.epochs,
        ):  # fmt: skip
            observe(control)


class OverfittingLab(Laboratory):
    """The laboratory with the knobs of chapter 05, four curves, and a histogram of all weights."""

    _form: OverfittingForm

    def __init__(self, data: Digits | None = None) -> None:
        super().__init__(chapter=5, data=data)

    def _controls(self) -> Form:
        return OverfittingForm(self.digits)

    def _in_words(self) -> str:
        return (
            "Overfitting lab: training-set size, λ, L1 or L2, dropout; buttons to train, curves "
            "of cost and accuracy on training and validation data, a histogram of the weights, "
            "a table of runs."
        )

    def _pictures(self) -> str:
        comparison, digits = self.comparison, self.digits
        shown = comparison.current or (comparison.runs[-1] if comparison.runs else None)
        settings = shown.settings if shown else self._form.settings()
        counts = {name: len(part) for name, part in settings.monitored(digits).items()}
        charts = [
            svg.chart(
                four_curves(comparison, quantity),
                title=f"{title} on {digits.name}",
                epochs=comparison.last_epoch() if shown else settings.epochs,
                percent=quantity == "accuracy",
                words=lab_view.in_words(comparison, quantity, digits),
            )
            for quantity, title in lab_view.TITLES.items()
        ]
        if shown:
            charts.append(histogram(weight_sizes(shown.network.weights)))
        legend = svg.legend(counts, ghosts=bool(comparison.ghosts()), kinds=SHOWN)
        return f'{legend}<div class="nnbook-charts">{"".join(charts)}</div>'

    def still(self) -> bytes:
        """The curves and weights of the last run, or of a short example run, as a PNG file."""
        comparison = self.comparison
        example = not any(len(run.history) for run in comparison.runs)
        if example:
            comparison = _example(self.digits)
        run = comparison.current or comparison.runs[-1]
        figure = plots.figure(10, 5.4)
        grid = figure.add_gridspec(2, 2)
        axes = figure.add_subplot(grid[0, 0])
        lab_view.list_settings(axes, run, self._form.taught, example)
        for place, (quantity, title) in zip([(0, 1), (1, 1)], lab_view.TITLES.items(), strict=True):
            axes = figure.add_subplot(grid[place])
            curves = four_curves(comparison, quantity)
            lab_view.draw_curves(axes, curves, quantity, comparison.last_epoch())
            plots.tidy(axes, title=f"{title} on {self.digits.name}", x="epoch")
        _draw_weights(figure.add_subplot(grid[1, 0]), weight_sizes(run.network.weights))
        return png(figure)


def four_curves(comparison: Comparison, quantity: str) -> list[Curve]:
    """The curves of "cost" or "accuracy" without the costs of single mini-batches."""
    return [curve for curve in comparison.curves(quantity) if curve.kind in SHOWN]


def histogram(sizes: WeightSizes) -> str:
    """The weights as an SVG picture: bars, and the start as a line."""
    right, bottom = WIDTH - 20, HEIGHT - BOTTOM
    tallest = max(TALLEST, float(sizes.shares.max()))

    def x(weight: float) -> float:
        return LEFT + (weight / WIDEST + 1) / 2 * (right - LEFT)

    def y(share: float) -> float:
        return bottom - share / tallest * (bottom - TOP)

    words = (
        f"All weights: root mean square {sizes.spread:.2f}, {sizes.near_zero:.0%} of them between "
        "−0.01 and 0.01."
    )
    width = (right - LEFT) / BINS
    bars = "".join(
        f"M{LEFT + k * width:.1f} {bottom}V{y(share):.1f}h{width - 0.6:.1f}V{bottom}z"
        for k, share in enumerate(sizes.shares)
        if share
    )
    start = " ".join(
        f"{LEFT + (k + 0.5) * width:.1f},{y(share):.1f}" for k, share in enumerate(start_shares())
    )
    ticks = "".join(
        f'<text x="{x(tick):.1f}" y="{bottom + 18}" text-anchor="middle">{text}</text>'
        for tick, text in ((-4, "−4"), (-2, "−2"), (0, "0"), (2, "2"), (4, "4"))
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}" '
        'class="nnbook-curves nnbook-weights" style="max-width:440px" '
        'font-family="system-ui, sans-serif" font-size="15" '
        f'fill="currentColor"><text x="{LEFT}" y="18" font-size="16" font-weight="600">All '
        f"weights: spread {sizes.spread:.2f}, near 0: {sizes.near_zero:.0%}</text>"
        f'<path d="{bars}" style="fill:var(--nnbook-training,{BLUE})"/>'
        f'<polyline points="{start}" fill="none" stroke="currentColor" stroke-dasharray="5 3"/>'
        f'<path d="M{LEFT} {bottom}H{right}" stroke="currentColor"/>{ticks}'
        f'<text x="{LEFT - 8}" y="{TOP + 5}" text-anchor="end">{tallest:.0%}</text>'
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 6}" text-anchor="middle">weight; dashed: '
        "at the start</text></svg>"
    )


def _draw_weights(axes: Axes, sizes: WeightSizes) -> None:
    edges = np.linspace(-WIDEST, WIDEST, BINS + 1)
    axes.bar(edges[:-1], sizes.shares, width=np.diff(edges), align="edge", color=BLUE)
    axes.plot((edges[1:] + edges[:-1]) / 2, start_shares(), "--", color=GREY, label="at the start")
    axes.legend(fontsize=10, frameon=False)
    axes.set_ylim(0, max(TALLEST, float(sizes.shares.max())))
    title = f"All weights: spread {sizes.spread:.2f}, near 0: {sizes.near_zero:.0%}"
    plots.tidy(axes, title=title, x="weight", y="share")


def _example(digits: Digits) -> Comparison:
    part = Digits(digits.name, digits.training, digits.validation[:1000], digits.test)
    size = min(EXAMPLE["training_size"], len(digits.training))
    settings = overfitting.settings(size, 0.0, "L2", 0.0, 30, EXAMPLE["epochs"])
    return lab_view.drained(settings, part)
