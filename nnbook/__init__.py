"""nnbook: neural networks in the equations of Nielsen's book, in plain NumPy. The public names."""

from importlib import import_module
from typing import Any

from nnbook.activations import linear, relu, sigmoid, softmax, step, tanh
from nnbook.claims import claim
from nnbook.costs import CrossEntropy, LogLikelihood, Quadratic
from nnbook.data import Dataset, Digits, builtin_digits, load_mnist
from nnbook.events import Epoch, Score, Step
from nnbook.gradient_check import gradient_check
from nnbook.history import History
from nnbook.initializers import glorot, he, large, scaled
from nnbook.layers import Activation, AveragePool, Conv, Dense, Dropout, L2Pool, MaxPool
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L1, L2
from nnbook.training import Diverged, fit, train

__version__ = "0.1.0"

__all__ = [
    "L1",
    "L2",
    "SGD",
    "Activation",
    "AveragePool",
    "Conv",
    "CrossEntropy",
    "Dataset",
    "Dense",
    "Digits",
    "Diverged",
    "Dropout",
    "Epoch",
    "History",
    "L2Pool",
    "LogLikelihood",
    "MaxPool",
    "Network",
    "Quadratic",
    "Score",
    "Step",
    "builtin_digits",
    "claim",
    "exercise",
    "fit",
    "glorot",
    "gradient_check",
    "he",
    "large",
    "linear",
    "load_mnist",
    "published",
    "relu",
    "scaled",
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
