"""Several networks as one: they vote, or their outputs are averaged (NNDL ch. 3 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from nnbook.checks import instance, short
from nnbook.data.dataset import Dataset
from nnbook.network import Network
from nnbook.notation import Inputs, Labels, Rows


def vote(networks: Sequence[Network], x: Inputs) -> Labels:
    """The class that most of the networks choose for each row of `x`: (m,).

    Each network has one vote, for its largest output. Where classes have the same number of
    votes the lowest of them wins. The networks must have at least two outputs, all the same
    number; TypeError or ValueError otherwise, or where a network refuses `x`.
    """
    return majority(np.stack([network.classify(x) for network in _fitting(networks)]))


def majority(votes: Int[np.ndarray, "voters m"]) -> Labels:
    """The most frequent number of each column, (m,); the lowest of several. Numbers from 0 on."""
    counts = (votes[:, :, np.newaxis] == np.arange(votes.max() + 1)).sum(axis=0)
    return counts.argmax(axis=1)


def mean(networks: Sequence[Network], x: Inputs) -> Rows:
    """The mean of the networks' outputs for each row of `x`: (m, n_out). Errors as for `vote`."""
    networks = _fitting(networks)
    total = networks[0].predict(x).astype(np.float64)
    for network in networks[1:]:
        total += network.predict(x)
    return (total / len(networks)).astype(networks[0].dtype)


@dataclass(frozen=True)
class Accuracies:
    """Shares classified rightly, 0 to 1: by each network alone, by vote, by mean output."""

    single: tuple[float, ...]
    vote: float
    mean: float

    def __repr__(self) -> str:
        alone = ", ".join(f"{value:.2%}" for value in self.single)
        return f"alone {alone}; vote {self.vote:.2%}; mean output {self.mean:.2%}"


def accuracies(networks: Sequence[Network], data: Dataset) -> Accuracies:
    """How the networks do on `data`, alone and together. Errors as for `vote`.

    ValueError if the desired outputs of `data` are not labels.
    """
    instance("data", data, Dataset, "digits.test")
    networks = _fitting(networks)
    labels, x = data.labels, data.x()
    if labels is None:
        raise ValueError("data must have labels to be classified, but its targets are vectors.")

    def right(answers: Labels) -> float:
        return float((answers == labels).mean())

    return Accuracies(
        tuple(right(network.classify(x)) for network in networks),
        right(vote(networks, x)),
        right(mean(networks, x).argmax(axis=1)),
    )


def _fitting(networks: Sequence[Network]) -> list[Network]:
    """The networks as a list, or an error that says why they cannot answer together."""
    if isinstance(networks, Network) or not isinstance(networks, Sequence):
        raise TypeError(
            "networks must be a list of networks, such as [first, second], but it is "
            f"{short(networks)}."
        )
    if not networks:
        raise ValueError("networks must hold at least one network, but it is empty.")
    for k, network in enumerate(networks):
        instance(f"networks[{k}]", network, Network, "Network([784, 30, 10])")
    outputs = [network.output_shape[0] for network in networks]
    if outputs[0] < 2:
        raise ValueError("networks must have two outputs or more, one a class, but they have 1.")
    for k, size in enumerate(outputs):
        if size != outputs[0]:
            raise ValueError(
                f"networks must all have the same number of outputs, but networks[0] has "
                f"{outputs[0]} and networks[{k}] has {size}."
            )
    return list(networks)
