"""The settings of the hyper-parameter lab as Python that a reader can take along."""

from __future__ import annotations

from typing import Any

from nnbook.costs import COSTS
from nnbook.data import Digits
from nnbook.explore.settings import EXAMINED, POOLINGS, Settings


def as_code(settings: Settings, digits: Digits) -> str:
    """Python that runs as it stands and ends with the same weights, to the last bit.

    A data set of the reader's own is taken from the variable `digits`.
    """
    names = {"Network", "SGD", "fit"}
    arguments = _network_arguments(settings, digits, names)
    kind, strength = settings.penalty, settings.lambda_
    penalty = f"    regularizer={kind}({strength!r}),\n" if strength else ""
    names |= {kind} if penalty else set()
    loader = {"MNIST": "load_mnist", "built-in digits": "builtin_digits"}.get(digits.name)
    names |= {loader} if loader else set()
    data = f"digits = {loader}()" if loader else f"# digits: your own data, {digits.name}"
    part = f"[:{settings.training_size}]"
    part = "" if settings.training_size == len(digits.training) else part
    seen = f"[:{min(settings.training_size, EXAMINED)}]"
    seen = seen if len(digits.training) > EXAMINED else part
    return f"""\
import numpy as np

from nnbook import {", ".join(sorted(names, key=_import_order))}

{data}
rng = np.random.default_rng({settings.seed})
network = Network({arguments}, rng=rng)
history = fit(
    network,
    digits.training{part},
    epochs={settings.epochs},
    batch_size={settings.batch_size},
    optimizer=SGD({settings.learning_rate!r}),
    rng=rng,
{penalty}    monitor={{"training": digits.training{seen}, "validation": digits.validation}},
)
epoch, accuracy = history.best("validation")
print(f"best validation accuracy: {{accuracy:.2%}} in epoch {{epoch}} ({{digits.name}})")
"""


def _network_arguments(settings: Settings, digits: Digits, names: set[str]) -> str:
    """What stands between the brackets of Network(...); used names go into `names`."""
    classes = digits.training.classes
    layers: list[Any] = ["(28, 28, 1)" if settings.maps else digits.training.features]
    pool = POOLINGS[settings.pooling]
    for count in settings.maps:
        pools = [f"{pool.__name__}(2)"] if pool else []
        layers += [
            f"Conv({count}, {settings.kernel})",
            *pools,
            f"Activation({settings.activation})",
        ]
    if settings.maps:
        names |= {"Conv", "Activation", settings.activation, *([pool.__name__] if pool else [])}
    for width in settings.hidden:
        layers += [width, f"Dropout({settings.dropout!r})"] if settings.dropout else [width]
    alike = settings.outputs == settings.activation
    layers.append(classes if alike else f"Dense({classes}, {settings.outputs})")
    parts = [f"[{', '.join(map(str, layers))}]"]
    names |= set() if alike else {"Dense", settings.outputs}
    names |= {"Dropout"} if settings.dropout and settings.hidden else set()
    if settings.cost != "quadratic":
        cost = COSTS[settings.cost].__name__
        names.add(cost)
        parts.append(f"cost={cost}()")
    if settings.activation != "sigmoid" and (settings.hidden or alike):
        names.add(settings.activation)
        parts.append(f"activation={settings.activation}")
    if settings.initializer != "large":
        names.add(settings.initializer)
        parts.append(f"initializer={settings.initializer}")
    return ", ".join(parts)


def _import_order(name: str) -> tuple[bool, bool, str]:
    """Constants, classes, functions: the order in which ruff sorts imported names."""
    return (not name.isupper(), not name[0].isupper(), name)
