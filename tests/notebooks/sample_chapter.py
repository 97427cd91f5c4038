"""A small chapter with all that a deck must carry: formulas, code, a figure, a widget, Chinese."""

from __future__ import annotations

from pathlib import Path

import nbformat
from canonical import normalise
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nnbook.slides.kernel import execute

NAVIGATION = (
    "[← 00 Start here](00_start_here.ipynb) · [Contents](../README.md) · [03 →](03_x.ipynb)"
)
NOTE = "**Say** what is on the slide. **Ask** why? (expected: because.) **Minute** 3"


def _cell(source: str, kind: str, *tags: str) -> NotebookNode:
    make = new_code_cell if kind.startswith("code") else new_markdown_cell
    metadata = {"slideshow": {"slide_type": kind.removeprefix("code ")}}
    return make(source, metadata=metadata | ({"tags": list(tags)} if tags else {}))


def sample() -> NotebookNode:
    """The chapter without outputs; its id is `02_sample`."""
    return normalise(
        new_notebook(
            cells=[
                _cell(
                    f"{NAVIGATION}\n\n# Sigmoid neurons (<span lang='zh'>S型神经元</span>)\n\n"
                    "Why can a network learn when its neurons are smooth?",
                    "slide",
                ),
                _cell(NOTE, "notes"),
                _cell("Long prose about [chapter 01](01_perceptron.ipynb).\n\n" * 30, "skip"),
                _cell(
                    "from nnbook import plots\nimport numpy as np\nz = np.linspace(-6, 6, 200)",
                    "code skip",
                ),
                _cell("## The neuron", "slide"),
                _cell(NOTE, "notes"),
                _cell(
                    "## A smooth step\n\n"
                    "A **sigmoid neuron** (<span lang='zh'>S型神经元</span>) answers with a number "
                    "between 0 and 1.\n\n"
                    "$$\\sigma(z) = \\frac{1}{1 + e^{-z}}, \\qquad z = \\sum_k w_k x_k + b$$\n\n"
                    "- for large $z$ the answer is near 1\n"
                    "- where $a < b$ and $|z|$ is small, it changes most; see [chapter 01]"
                    "(01_perceptron.ipynb)",
                    "slide",
                ),
                _cell(
                    "> A small change $\\Delta w$ makes a small change of the output.", "fragment"
                ),
                _cell(NOTE, "notes"),
                _cell("## The curve", "slide"),
                _cell(
                    "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n\n"
                    "fig = plots.figure()\naxes = fig.subplots()\naxes.plot(z, sigmoid(z))\n"
                    "plots.tidy(axes, title='Sigmoid', x='z', y='output')\n"
                    'plots.show(fig, "The sigmoid rises from 0 to 1, \\"steepest\\" at z = 0.")',
                    "code -",
                    "remove_input",
                ),
                _cell(NOTE, "notes"),
                _cell("## In code", "slide", "extra"),
                _cell(
                    "def slope(f, z, h=1e-5):      # a central difference\n"
                    "    return (f(z + h) - f(z - h)) / (2 * h)\n\n"
                    "price = '$5 and $6'\nprint(f'slope at 0: {slope(sigmoid, 0):.3f}', price)",
                    "code -",
                ),
                _cell(
                    "| activation | range | slope at 0 |\n|---|---|---|\n"
                    "| step | 0 or 1 | none |\n| sigmoid | 0 to 1 | $1/4$ |",
                    "-",
                ),
                _cell("**Say** only in the long lecture.", "notes"),
                _cell("### The ball in the valley\n\nProse that is not on a slide.", "skip"),
                _cell(
                    "class Still:\n"
                    "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
                    "        import base64\n"
                    "        from nnbook.plots.show import png\n"
                    "        picture = base64.b64encode(png(fig)).decode()\n"
                    "        view = {'application/vnd.jupyter.widget-view+json': {}}\n"
                    "        words = 'A ball rolls into a valley.'\n"
                    "        return ({**view, 'image/png': picture, 'text/plain': words},\n"
                    "                {'image/png': {'alt': words}})",
                    "code skip",
                ),
                _cell("## Gradient descent, live\n\nWhich way does the ball roll?", "slide"),
                _cell("Still()", "code -", "remove_input", "widget"),
                _cell(NOTE, "notes"),
                _cell(NAVIGATION, "skip"),
            ]
        )
    )


def write_sample(folder: Path) -> Path:
    """Run the chapter and write it as `02_sample.ipynb`, in the form chapters are committed in."""
    notebook = sample()
    execute(notebook, folder)
    path = folder / "02_sample.ipynb"
    nbformat.write(normalise(notebook), path)
    return path
