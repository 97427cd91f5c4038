"""The history from the first model of a neuron to today, drawn to scale (chapter 00)."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from nnbook.plots.style import AMBER, BLUE, GREEN, GREY, ORANGE, figure

# (year, what, who): each checked against the work that is named.
EVENTS = (
    (1943, "a neuron as a logical unit", "McCulloch and Pitts"),
    (1958, "the perceptron learns its weights", "Rosenblatt"),
    (1969, "Perceptrons: what one layer cannot do", "Minsky and Papert"),
    (1986, "backpropagation becomes widely known", "Rumelhart, Hinton and Williams"),
    (1989, "one hidden layer can approximate any continuous function", "Cybenko; Hornik et al."),
    (1989, "a convolutional network reads zip codes (1998: LeNet-5)", "LeCun et al."),
    (1997, "long short-term memory, LSTM", "Hochreiter and Schmidhuber"),
    (2006, "deep belief networks: layers initialised by RBMs", "Hinton, Osindero and Teh"),
    (2009, "deep networks trained on graphics cards (GPUs)", "Raina, Madhavan and Ng"),
    (2012, "four research groups: deep networks for speech", "Hinton et al."),
    (2012, "AlexNet wins the ImageNet contest", "Krizhevsky, Sutskever and Hinton"),
    (2016, "AlphaGo beats Lee Sedol", "Silver et al."),
    (2017, "the Transformer: attention only", "Vaswani et al."),
    (2020, "GPT-3: large language models; 2022: ChatGPT", "Brown et al.; OpenAI"),
)
ERAS = (
    (1958, 1969, "one layer", BLUE),
    (1969, 1986, "quiet years", GREY),
    (1986, 1998, "hidden layers", GREEN),
    (1998, 2006, "quiet years", GREY),
    (2006, 2024, "deep networks", ORANGE),
)


def timeline() -> Figure:
    """Years to scale on the left, one line of text for each event on the right."""
    fig = figure(11.2, 5.4)
    axes = fig.subplots()
    rows = np.linspace(1942, 2024, len(EVENTS))
    for begin, end, name, colour in ERAS:
        axes.fill_betweenx([begin, end], -0.9, -0.12, color=colour, alpha=0.22, lw=0)
        axes.text(-0.51, (begin + end) / 2, name, ha="center", va="center", fontsize=12)
    axes.plot([0, 0], [1940, 2026], color="black", lw=2.5)
    for decade in range(1950, 2030, 10):
        axes.plot([-0.95, -0.9], [decade, decade], color="black", lw=1)
        axes.text(-0.98, decade, f"{decade}", va="center", ha="right", fontsize=11)
    for (year, what, who), row in zip(EVENTS, rows, strict=True):
        axes.plot([0, 0.25, 0.5], [year, year, row], color=GREY, lw=1)
        axes.plot(0, year, "o", color=AMBER, mec="black", ms=8)
        axes.text(0.54, row, f"{year}", va="center", fontsize=12, weight="bold")
        axes.text(0.90, row, what, va="center", fontsize=12)
        axes.text(5.6, row, who, va="center", ha="right", fontsize=11, color="#444444")
    axes.set(xlim=(-1.35, 5.65), ylim=(2027, 1939))
    axes.axis("off")
    return fig
