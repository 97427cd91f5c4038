"""The 2-3-2-2 network with every number known so far on its neuron or edge: what to draw where."""

from __future__ import annotations

from collections.abc import Iterator

from nnbook.explore.letters import LAST, SIZES, Quantity
from nnbook.explore.stepper import STEPS, Stepper, number
from nnbook.plots.style import AMBER, BLACK, BLUE, GREY
from nnbook.widgets.scene import Box, Label, Line, Place, Scene

WIDTH, HEIGHT = 880, 512
MIDDLE = 272
COLUMNS = {1: 50, 2: 292, 3: 555, LAST: 802}  # middle of the boxes of a layer
HALF_BOX = {1: 42, 2: 72, 3: 72, LAST: 72}
APART = {1: 230, 2: 168, 3: 230, LAST: 230}  # from neuron to neuron
LINE = 20  # from one line of text to the next
HALF_COST = 60
NAMES = {1: "inputs", 2: "layer 2", 3: "layer 3", LAST: "outputs (layer 4)"}
BROWN = "#A33F00"  # what travels backward
COLOURS = {"z": BLUE, "a": BLUE, "cost": BLUE, "error": BROWN, "db": BROWN, "dw": BROWN}


def scene(stepper: Stepper) -> Scene:
    """The network where the stepper stands; numbers that are not known yet are left out."""
    current = stepper.current
    used = stepper.uses(current) if current else set()
    used |= {part._replace(kind="x") for part in used if part.kind == "a" and part.layer == 1}
    at_work = used | ({current._replace(kind="w")} if current and current.kind == "dw" else set())
    lines = []
    for edge in EDGES:
        ends = _right(edge), _left(edge)
        lines.append(Line(*ends, BLUE, 3) if edge in at_work else Line(*ends))
    edge_of_box = 2.5 * LINE + 6
    for j, side in ((1, -1), (2, 1)):  # from the outputs to the cost, which stands between them
        x, y = _place(LAST, j)
        lines.append(Line((x + 50, y - side * edge_of_box), (x + 50, MIDDLE + side * 16)))
    boxes = [Box(COLUMNS[LAST] - HALF_COST, MIDDLE - 16, 2 * HALF_COST, 32)]
    labels = []
    for layer, size in enumerate(SIZES, start=1):
        labels.append(Label(COLUMNS[layer], 14, NAMES[layer], "#444444"))
        half, high = HALF_BOX[layer], 20 if layer == 1 else edge_of_box
        for j in range(1, size + 1):
            x, y = _place(layer, j)
            boxes.append(Box(x - half, y - high, 2 * half, 2 * high))
    for quantity, (x, y) in PLACES.items():
        if quantity == current:
            half = {"cost": HALF_COST, "dw": 40}.get(quantity.kind, HALF_BOX[quantity.layer]) - 3
            boxes.append(Box(x - half, y - 9, 2 * half, 18, fill=AMBER, round=3))
        if quantity.kind == "cost" and not stepper.known(quantity):
            labels.append(Label(x, y, stepper.notation.cost, GREY))
        if stepper.known(quantity):
            on_edge = quantity.kind in ("w", "dw") and quantity != current
            colour = BLACK if quantity == current else COLOURS.get(quantity.kind, BLACK)
            text = _label(stepper, quantity)
            labels.append(Label(x, y, text, colour, bold=quantity in used, halo=on_edge))
    return Scene(WIDTH, HEIGHT, [*lines, *boxes, *labels])


def _label(stepper: Stepper, quantity: Quantity) -> str:
    value = number(stepper.value(quantity))
    if quantity.kind in ("w", "dw"):
        return value if quantity.kind == "w" else f"∂ {value}"
    name = stepper.notation.letter(quantity).text
    return f"∂{name} {value}" if quantity.kind == "db" else f"{name} = {value}"


def _place(layer: int, j: int) -> Place:
    """The middle of a neuron's box."""
    return COLUMNS[layer], MIDDLE - APART[layer] * ((SIZES[layer - 1] + 1) / 2 - j)


def _right(weight: Quantity) -> Place:
    x, y = _place(weight.layer - 1, weight.k)
    return x + HALF_BOX[weight.layer - 1], y


def _left(weight: Quantity) -> Place:
    x, y = _place(weight.layer, weight.j)
    return x - HALF_BOX[weight.layer], y


def _places() -> Iterator[tuple[Quantity, Place]]:
    """Where each number stands."""
    for j in (1, 2):
        yield Quantity("x", 1, j), _place(1, j)
        x, y = _place(LAST, j)
        toward_cost = 2.5 * LINE + 20
        yield Quantity("y", LAST, j), (x - 12, y + toward_cost if j == 1 else y - toward_cost)
    for layer in (2, 3, LAST):
        for j in range(1, SIZES[layer - 1] + 1):
            x, y = _place(layer, j)
            for line, kind in enumerate(("b", "z", "a", "error", "db")):
                yield Quantity(kind, layer, j), (x, y + (line - 2) * LINE)
    yield Quantity("cost", LAST), (COLUMNS[LAST], MIDDLE)
    for weight in EDGES:
        at = {2: 0.3, 3: 0.7, LAST: 0.36}[weight.layer]  # where no two labels meet
        (x0, y0), (x1, y1) = _right(weight), _left(weight)
        x, y = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
        yield weight, (x, y - LINE / 2)
        yield weight._replace(kind="dw"), (x, y + LINE / 2)


EDGES = [step._replace(kind="w") for step in STEPS if step.kind == "dw"]
PLACES = dict(_places())
