"""nnbook: neural networks in the equations of Nielsen's book, in plain NumPy. The public names."""

from importlib import import_module
from typing import Any

from nnbook.activations import linear, relu, sigmoid, softmax, step, tanh
from nnbook.claims import claim
from nnbook.costs import CrossEntropy, LogLikelihood, Quadratic
from nnbook.data import (
    Dataset,
    Digits,
    Elastic,
    Rotation,
    Skew,
    builtin_digits,
    expanded,
    load_mnist,
    shifted,
)
from nnbook.events import Epoch, Score, Step
from nnbook.fitting import fit
from nnbook.gradient_check import gradient_check
from nnbook.history import History
from nnbook.initializers import glorot, he, large, scaled
from nnbook.layers import (
    LSTM,
    Activation,
    AveragePool,
    Conv,
    Dense,
    Dropout,
    EachStep,
    L2Pool,
    MaxPool,
    Recurrent,
)
from nnbook.network import Network
from nnbook.optimizers import SGD, Adam, Momentum, Nesterov
from nnbook.regularizers import L1, L2
from nnbook.schedules import Constant, Cosine, Halving, StepDecay
from nnbook.stopping import NoImprovement, Target
from nnbook.storage import load, save
from nnbook.training import Diverged, train

__version__ = "0.3.1"

__all__ = [
    "L1",
    "L2",
    "LSTM",
    "SGD",
    "Activation",
    "Adam",
    "AveragePool",
    "Constant",
    "Conv",
    "Cosine",
    "CrossEntropy",
    "Dataset",
    "Dense",
    "Digits",
    "Diverged",
    "Dropout",
    "EachStep",
    "Elastic",
    "Epoch",
    "Halving",
    "History",
    "L2Pool",
    "LogLikelihood",
    "MaxPool",
    "Momentum",
    "Nesterov",
    "Network",
    "NoImprovement",
    "Quadratic",
    "Recurrent",
    "Rotation",
    "Score",
    "Skew",
    "Step",
    "StepDecay",
    "Target",
    "builtin_digits",
    "claim",
    "exercise",
    "expanded",
    "fit",
    "glorot",
    "gradient_check",
    "he",
    "large",
    "linear",
    "load",
    "load_mnist",
    "published",
    "relu",
    "save",
    "scaled",
    "shifted",
    "sigmoid",
    "softmax",
    "step",
    "tanh",
    "train",
]

# Loaded when first asked for, so that `import nnbook` stays quick.
_LATER = {"exercise": ("nnbook.exercises", "exercise"), "published": ("nnbook.published", None)}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'nnbook' has no attribute {name!r}")
    module, attribute = _LATER[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found
