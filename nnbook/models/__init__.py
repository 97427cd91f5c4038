"""Other models, for chapter 10: Boltzmann machines, deep belief networks, autoencoders."""

from nnbook.models.autoencoder import Itself, codes, from_codes
from nnbook.models.contrastive_divergence import contrastive_divergence
from nnbook.models.deep_belief import DeepBelief
from nnbook.models.rbm import RBM

__all__ = ["RBM", "DeepBelief", "Itself", "codes", "contrastive_divergence", "from_codes"]
