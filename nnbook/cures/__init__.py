"""What cured the vanishing gradient: seven ways to start the same deep network, measured.

NNDL ch. 5 ends with the question; chapter 08 shows the stored table, `python -m nnbook cures`
measures it again.
"""

from nnbook.cures.measure import CURES, EPOCHS, RATES, SEEDS, SIZES, Cure, Moment, glorot_4, run
from nnbook.cures.table import Run, best_rate, comparison, stored

__all__ = [
    "CURES", "EPOCHS", "RATES", "SEEDS", "SIZES",
    "Cure", "Moment", "Run", "best_rate", "comparison", "glorot_4", "run", "stored",
]  # fmt: skip
