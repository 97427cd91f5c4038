"""When a trial is hopeless: below what three quarters of the complete trials had by then."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from nnbook.search.trials import Trial

BEFORE_PRUNING = 5  # so many trials must be complete before one is pruned
QUARTER = 0.25  # of the complete trials: who does worse than these is hopeless
FREE_EPOCHS = 1  # so many epochs are never judged: some good settings start slowly


def bars(trials: Iterable[Trial]) -> dict[int, float]:
    """What a new trial must reach, epoch → value: the lower quartile of the complete trials."""
    complete = [trial.curve for trial in trials if trial.state == "complete"]
    if len(complete) < BEFORE_PRUNING:
        return {}
    epochs = sorted({epoch for curve in complete for epoch in curve if epoch > FREE_EPOCHS})
    reached = {epoch: [curve[epoch] for curve in complete if epoch in curve] for epoch in epochs}
    return {epoch: float(np.quantile(values, QUARTER)) for epoch, values in reached.items()}
