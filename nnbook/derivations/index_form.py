"""The gradient in the letters of note 3: the 2-3-2-2 network, index by index, nothing left out.

w_lnd goes from neuron n of layer l to neuron d of the next layer; net_ln comes in, out_ln goes
out; b_ln is called a threshold but added. The note's formulas f1–f15 were pictures and are lost:
the forward pass stands in its text, cost and updates are reconstructed from its words.
"""

from __future__ import annotations

import numpy as np

from nnbook.derivations.example import Gradient, Problem, Trace, mean


def trace(problem: Problem) -> Trace:
    """One pair of input and output (m = 1), every formula on its line.

    ValueError unless the network is 2-3-2-2.
    """
    if problem.sizes != (2, 3, 2, 2):
        raise ValueError(
            f"problem must be a 2-3-2-2 network, but it is "
            f"{'-'.join(map(str, problem.sizes))}: use two_passes or delta_form for others."
        )
    f = problem.f
    i1, i2 = problem.x
    y1, y2 = problem.y
    (w111, w112, w113), (w121, w122, w123) = problem.w[0].T
    (w211, w212), (w221, w222), (w231, w232) = problem.w[1].T
    (w311, w312), (w321, w322) = problem.w[2].T
    (b21, b22, b23), (b31, b32), (bc1, bc2) = problem.b

    # layer 1: the inputs, without an activation function
    net11, net12 = i1, i2
    out11, out12 = net11, net12
    # layer 2 (f3)
    net21 = w111 * out11 + w121 * out12 + b21 * 1
    net22 = w112 * out11 + w122 * out12 + b22 * 1
    net23 = w113 * out11 + w123 * out12 + b23 * 1
    out21, out22, out23 = f(net21), f(net22), f(net23)
    # layer 3 (f4)
    net31 = w211 * out21 + w221 * out22 + w231 * out23 + b31 * 1
    net32 = w212 * out21 + w222 * out22 + w232 * out23 + b32 * 1
    out31, out32 = f(net31), f(net32)
    # output layer (f5)
    netc1 = w311 * out31 + w321 * out32 + bc1 * 1
    netc2 = w312 * out31 + w322 * out32 + bc2 * 1
    outc1, outc2 = f(netc1), f(netc2)
    # cost (f6), m = 1
    E = ((outc1 - y1) ** 2 + (outc2 - y2) ** 2) / 2

    # output layer: the error of a neuron is ∂E/∂out times out (1 − out) (f8, f9)
    errc1 = (outc1 - y1) * outc1 * (1 - outc1)
    errc2 = (outc2 - y2) * outc2 * (1 - outc2)
    dw311, dw312 = out31 * errc1, out31 * errc2  # ∂E/∂w311 (f8), ∂E/∂w312 (f10)
    dw321, dw322 = out32 * errc1, out32 * errc2
    dbc1, dbc2 = 1 * errc1, 1 * errc2
    # layer 3: the errors behind it, each times the weight on the way (f11, f12, f13)
    err31 = (errc1 * w311 + errc2 * w312) * out31 * (1 - out31)
    err32 = (errc1 * w321 + errc2 * w322) * out32 * (1 - out32)
    dw211, dw212 = out21 * err31, out21 * err32
    dw221, dw222 = out22 * err31, out22 * err32
    dw231, dw232 = out23 * err31, out23 * err32
    db31, db32 = 1 * err31, 1 * err32
    # layer 2 (f14, f15)
    err21 = (err31 * w211 + err32 * w212) * out21 * (1 - out21)
    err22 = (err31 * w221 + err32 * w222) * out22 * (1 - out22)
    err23 = (err31 * w231 + err32 * w232) * out23 * (1 - out23)
    dw111, dw112, dw113 = out11 * err21, out11 * err22, out11 * err23
    dw121, dw122, dw123 = out12 * err21, out12 * err22, out12 * err23
    db21, db22, db23 = 1 * err21, 1 * err22, 1 * err23

    return Trace(
        z=(np.array([net21, net22, net23]), np.array([net31, net32]), np.array([netc1, netc2])),
        a=(np.array([out21, out22, out23]), np.array([out31, out32]), np.array([outc1, outc2])),
        cost=E,
        errors=(
            np.array([err21, err22, err23]),
            np.array([err31, err32]),
            np.array([errc1, errc2]),
        ),
        b=(np.array([db21, db22, db23]), np.array([db31, db32]), np.array([dbc1, dbc2])),
        w=(
            np.array([[dw111, dw121], [dw112, dw122], [dw113, dw123]]),
            np.array([[dw211, dw221, dw231], [dw212, dw222, dw232]]),
            np.array([[dw311, dw321], [dw312, dw322]]),
        ),
    )


def gradient(*problems: Problem) -> Gradient:
    """∂E/∂w and ∂E/∂b of E = 1/(2m) ΣΣ (out_c − y)² over m examples of the same network.

    f7 then reads w ← w − η ∂E/∂w and b ← b − η ∂E/∂b. ValueError unless it is 2-3-2-2.
    """
    traces = [trace(problem) for problem in problems]
    return mean([Gradient(w=found.w, b=found.b) for found in traces])
