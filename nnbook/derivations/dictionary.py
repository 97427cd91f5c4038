"""What one notation calls by which letter of another, with signs and shapes (NNDL ch. 2)."""

from __future__ import annotations

from dataclasses import dataclass

from nnbook.texttable import Table


@dataclass(frozen=True)
class Entry:
    """One thing and its names, as TeX without dollars; `relation` holds the sign."""

    meaning: str
    delta: str  # the book, and note 4
    thresholds: str  # note 2
    index: str  # note 3
    passes: str  # note 1
    relation: str
    shape: str  # in this package


ENTRIES = (
    Entry("input", r"a^1_k = x_k", r"x_i", r"i_n = out_{1n}", r"x_i", "the same", "(n_in,)"),
    Entry(
        "weight into neuron j of layer l",
        r"w^l_{jk}",
        r"w_{hj},\ v_{ih}",
        r"w_{(l-1)kj}",
        r"w_{kj}",
        "the book names the target first, the notes the source: matrices are transposed",
        "(n_out, n_in) in the book, (n_in, n_out) in the notes",
    ),
    Entry(
        "bias or threshold",
        r"b^l_j",
        r"\theta_j,\ \gamma_h",
        r"b_{ln}",
        r"b_j",
        "b = −θ and b = −γ; note 3 says threshold but adds it: a bias",
        "(n_out,)",
    ),
    Entry(
        "sum of what comes in",
        r"z^l_j - b^l_j",
        r"\beta_j,\ \alpha_h",
        r"net_{ln} - b_{ln}",
        r"z_j - b_j",
        "α and β are without the threshold",
        "(n_out,)",
    ),
    Entry(
        "weighted input",
        r"z^l_j",
        r"\beta_j - \theta_j,\ \alpha_h - \gamma_h",
        r"net_{ln}",
        r"z_j",
        "z = β − θ = net",
        "(n_out,)",
    ),
    Entry(
        "activation of a hidden neuron",
        r"a^l_j",
        r"b_h",
        r"out_{ln}",
        r"a_j",
        "the same; b is an activation in note 2 and a bias elsewhere",
        "(n_out,)",
    ),
    Entry("output", r"a^L_j", r"\hat y_j", r"out_{cn}", r"a'_j", "the same", "(n_out,)"),
    Entry(
        "desired output",
        r"y_j",
        r"y_j",
        r"y_n",
        r"y'_i",
        "in note 1 y is the output of softmax and y′ what is desired",
        "(n_out,)",
    ),
    Entry("activation function", r"\sigma", "f", "f", r"f_A,\ \sigma", "the same", ""),
    Entry(
        "cost",
        "C_x",
        "E_k",
        "E",
        "C",
        "½ Σ (a − y)² of one example; note 3 has the mean over m, note 1 the sum over a batch",
        "a number",
    ),
    Entry(
        "error of an output neuron",
        r"\delta^L_j",
        r"g_j",
        r"err_{cn}",
        r"\partial C/\partial z'_j",
        "δ = −g; note 3 has the word (误差值) but no letter: err is ours",
        "(n_out,)",
    ),
    Entry(
        "error of a hidden neuron",
        r"\delta^l_j",
        r"e_h",
        r"err_{ln}",
        r"\partial C/\partial z_j",
        "δ = −e",
        "(n_out,)",
    ),
    Entry(
        "derivative by a weight",
        r"\partial C/\partial w^l_{jk} = a^{l-1}_k \delta^l_j",
        r"\partial E_k/\partial w_{hj} = -g_j b_h",
        r"\partial E/\partial w_{lnd} = out_{ln}\, err_{(l+1)d}",
        r"\partial z_j/\partial w_{kj} \cdot \partial C/\partial z_j",
        "the same number; the place in the matrix is transposed",
        "as the weights",
    ),
    Entry(
        "derivative by a bias or threshold",
        r"\partial C/\partial b^l_j = \delta^l_j",
        r"\partial E_k/\partial\theta_j = g_j",
        r"\partial E/\partial b_{ln} = err_{ln}",
        r"1 \cdot \partial C/\partial z_j",
        "∂C/∂b = −∂E/∂θ",
        "(n_out,)",
    ),
    Entry(
        "step of a weight",
        r"-\eta\, a^{l-1}_k \delta^l_j",
        r"\Delta w_{hj} = \eta\, g_j b_h",
        r"-\eta\, out_{ln}\, err_{(l+1)d}",
        r"-\eta\, \partial C/\partial w_{kj}",
        "the same number",
        "as the weights",
    ),
    Entry(
        "step of a bias or threshold",
        r"-\eta\, \delta^l_j",
        r"\Delta\theta_j = -\eta\, g_j",
        r"-\eta\, err_{ln}",
        r"-\eta\, \partial C/\partial b_j",
        "Δb = −Δθ",
        "(n_out,)",
    ),
)


def table() -> Table:
    """The dictionary: a row for each thing, a column for each notation."""
    header = (
        *("", "the book (δ)", "note 2 (thresholds)", "note 3 (index by index)"),
        *("note 1 (two passes)", "relation", "shape"),
    )
    rows = tuple(
        (
            entry.meaning,
            *(f"${tex}$" for tex in (entry.delta, entry.thresholds, entry.index, entry.passes)),
            entry.relation,
            entry.shape,
        )
        for entry in ENTRIES
    )
    return Table(header, rows)
