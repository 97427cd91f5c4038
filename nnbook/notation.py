"""The legend: every letter of the book, what it stands for, and its shape in this package.

Rows are examples. The book writes one example as a column x and computes w·a + b; here m
examples are the m rows of a matrix, and the same equation reads a @ W.T + b.

letter    the book                                  here
------    --------                                  ----
x         input of the network                      x        (m, n_in)
y         desired output                            y        (m, n_out)
w^l_jk    weight from neuron k to neuron j          W[j, k]  (n_out, n_in)
b^l_j     bias of neuron j                          b[j]     (n_out,)
z^l       weighted input w·a + b                    z        (m, n_out)
a^l       activation σ(z)                           a        (m, n_out)
σ         activation function                       activation
C_x, C    cost of one example, mean over examples   cost(a, y), cost(a, y).mean()
δ^l       error ∂C/∂z^l                             delta    (m, n_out)
∇C        gradient of the cost                      network.gradient
          (after backprop: summed over the mini-batch; SGD turns it into its step η∇C)
η         learning rate                             learning_rate
m         examples in a mini-batch                  batch_size
n         examples in the training set              len(data)
λ         strength of the regularization            lambda_
⊙         product entry by entry                    *
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

Rows = Float[np.ndarray, "m n"]  # one example a row
Inputs = Float[np.ndarray, "m *shape_in"]  # what enters a layer, one example a row
Outputs = Float[np.ndarray, "m *shape_out"]  # what leaves it
PerExample = Float[np.ndarray, "m"]  # one number an example
Labels = Int[np.ndarray, "m"]  # one class an example
Weights = Float[np.ndarray, "n_out n_in"]
Biases = Float[np.ndarray, "n_out"]
Vector = Float[np.ndarray, "parameters"]  # all parameters of a network, one after another
