"""What the hyper-parameter lab shows of its runs: words, progress, curves, table, still picture."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

from matplotlib.axes import Axes

from nnbook import plots
from nnbook.data.dataset import Digits
from nnbook.explore.runs import Comparison, Curve, Run
from nnbook.explore.settings import LABELS, NAMES, Settings
from nnbook.plots.show import png
from nnbook.widgets import curves as svg

TITLES = {"cost": "Cost", "accuracy": "Accuracy"}
EXAMPLE_IMAGES, EXAMPLE_EPOCHS = 1000, 10


def message(run: Run | None) -> str:
    """One or two sentences: how the present run is, and what can be done."""
    if run is None:
        return "Choose settings, then press Play."
    name = f"Run {run.number} ({run.architecture})"
    if run.state in ("ready", "training"):
        return f"{name} is training."
    if run.state == "paused":
        return f"{name} rests after {_done(run)} epochs: Play goes on, Stop ends it."
    best = f"best validation accuracy {_percent(run)}" if run.best else "no epoch was finished"
    if run.state == "diverged":
        return f"{name} was ended in epoch {len(run.history) + 1}. {run.problem}"
    return f"{name} is {run.state}: {best}. Play starts a new run."


def progress(run: Run | None) -> str:
    """How far the present run is, as HTML."""
    if run is None:
        return ""
    total = run.settings.epochs
    epoch = min(int(run.progress) + 1, total)
    scores = [f"{name} accuracy {run.history.accuracy(name)[-1]:.2%}" for name in run.history.names]
    return (
        f'<progress max="{total}" value="{run.progress:.3f}" aria-label="epochs done" '
        f'style="width:200px;vertical-align:middle"></progress> epoch {epoch} of {total}'
        + "".join(f" · {score}" for score in scores)
    )


def curves(comparison: Comparison, digits: Digits) -> str:
    """Both charts side by side (one below the other where the page is narrow), with a legend."""
    shown = comparison.current or (comparison.runs[-1] if comparison.runs else None)
    counts = (
        shown.monitored
        if shown
        else {
            name: len(part)
            for name, part in Settings(training_size=len(digits.training)).monitored(digits).items()
        }
    )
    charts = "".join(
        svg.chart(
            comparison.curves(quantity),
            title=f"{title} on {digits.name}",
            epochs=comparison.last_epoch(),
            percent=quantity == "accuracy",
            words=in_words(comparison, quantity, digits),
        )
        for quantity, title in TITLES.items()
    )
    return (
        f"{svg.legend(counts, ghosts=bool(comparison.ghosts()))}"
        f'<div class="nnbook-charts">{charts}</div>'
    )


def table(comparison: Comparison, digits: Digits) -> str:
    """The runs in rows: the settings in which they differ, and how they did."""
    if not comparison.runs:
        return ""
    names = comparison.differing()
    best = comparison.best() if len(comparison.runs) > 1 else None
    heads = ["Run", *(LABELS[name] for name in names)]
    heads += ["Best validation accuracy", "in epoch", "Epochs", "Seconds", "State"]
    rows = "".join(_row(run, names, run is best) for run in comparison.runs)
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    same = ", ".join(
        f"{LABELS[name]} {comparison.runs[0].settings.words(name)}"
        for name in NAMES
        if name not in names
    )
    common = "The same in all" if len(comparison.runs) > 1 else "Settings"
    return (
        f'<table class="nnbook-runs"><caption>Runs on {html.escape(digits.name)}. '
        "Seconds are those of training, in finished epochs. "
        f"{common}: {html.escape(same)}.</caption>"
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(run: Run, names: list[str], best: bool) -> str:
    values = [str(run.number), *(run.settings.words(name) for name in names)]
    epoch, accuracy = run.best or (None, None)
    values += ["–" if accuracy is None else f"{accuracy:.2%}" + (" ★" if best else "")]
    values += ["–" if epoch is None else str(epoch)]
    values += [_done(run), f"{run.seconds:.1f}" if epoch else "–", run.state]
    cells = "".join(f"<td>{html.escape(value)}</td>" for value in values)
    return f'<tr class="{"nnbook-best" if best else ""}">{cells}</tr>'


def _done(run: Run) -> str:
    return f"{round(run.progress, 1):g} of {run.settings.epochs}"


def _percent(run: Run) -> str:
    epoch, accuracy = run.best or (0, 0.0)
    return f"{accuracy:.2%} in epoch {epoch}"


def in_words(comparison: Comparison, quantity: str, digits: Digits) -> str:
    """The last values of "cost" or "accuracy" of the present run, for those who see no curve."""
    run = comparison.current
    start = f"{TITLES[quantity]} by epoch on {digits.name}"
    if run is None or not len(run.history):
        return f"{start}: no finished epoch yet."
    form = ".1%" if quantity == "accuracy" else ".3g"
    values = getattr(run.history, quantity)
    ends = ", ".join(f"{name} {values(name)[-1]:{form}}" for name in run.history.names)
    return f"{start}: run {run.number} after epoch {len(run.history)}: {ends}."


# ---- where there is no kernel ------------------------------------------------------------------


def still(
    comparison: Comparison, digits: Digits, names: Sequence[str], example_settings: Settings
) -> bytes:
    """The runs so far as a PNG file, with the settings `names`; before the first, an example."""
    example = not any(len(run.history) for run in comparison.runs)
    if example:
        comparison = _example(digits, example_settings)
    shown = comparison.current or comparison.runs[-1]
    figure = plots.figure(10, 4.6)
    grid = figure.add_gridspec(1, 3, width_ratios=(0.8, 1, 1))
    list_settings(figure.add_subplot(grid[0]), shown, names, example)
    for column, (quantity, title) in enumerate(TITLES.items(), start=1):
        axes = figure.add_subplot(grid[column])
        draw_curves(axes, comparison.curves(quantity), quantity, comparison.last_epoch())
        plots.tidy(axes, title=f"{title} on {digits.name}", x="epoch")
    return png(figure)


def _example(digits: Digits, settings: Settings) -> Comparison:
    few = slice(0, EXAMPLE_IMAGES)
    part = Digits(digits.name, digits.training[few], digits.validation[few], digits.test)
    size = len(part.training)
    return drained(replace(settings, epochs=EXAMPLE_EPOCHS, training_size=size), part)


def drained(settings: Settings, digits: Digits) -> Comparison:
    """A comparison of one run, which is trained to its end here."""
    comparison = Comparison()
    run = comparison.start(settings, digits)
    for event in run.events:
        run.add(event)
    run.state = "finished"
    return comparison


def list_settings(axes: Axes, run: Run, names: Sequence[str], example: bool) -> None:
    """The settings `names` of `run` as lines of text; an `example` run says what it is."""
    axes.set_axis_off()
    axes.set_title("Settings", fontsize=13, loc="left")
    lines = [f"{LABELS[name]}: {run.settings.words(name)}" for name in names]
    about = "Buttons: Play, Pause, One epoch,\nStop, Reset, Clear runs"
    if example:
        about = f"A short example run.\nIn JupyterLab you choose and train.\n{about}"
    text = "\n".join(lines) + "\n\n" + about
    size = 11 if len(names) <= 13 else 9.5  # so that all lines have room
    axes.text(0, 1, text, va="top", fontsize=size, linespacing=1.45, transform=axes.transAxes)


def draw_curves(axes: Axes, curves: Sequence[Curve], quantity: str, epochs: int) -> None:
    """Curves of "cost" or "accuracy", on an axis of so many epochs."""
    for curve in curves:
        pen = svg.PENS[curve.kind]
        scale = 100 if quantity == "accuracy" else 1
        axes.plot(
            curve.x,
            [value * scale for value in curve.y],
            color=pen.colour,
            linestyle="--" if pen.dash else "-",
            linewidth=1.2 if curve.faded else pen.width,
            alpha=0.35 if curve.faded else 1,
            label="_" if curve.faded else curve.kind,
        )
    axes.set_xlim(0, epochs)
    if quantity == "accuracy":
        axes.set_ylim(top=100)
        axes.yaxis.set_major_formatter("{x:g} %")
    else:
        axes.set_ylim(0, svg.costs(curves).high)
    axes.legend(fontsize=10, frameon=False)
