"""The study of chapter 06: learning rate, regularization and mini-batch of a 784-30-10 network."""

from __future__ import annotations

from nnbook.checks import instance, whole
from nnbook.costs import CrossEntropy
from nnbook.data.dataset import Digits
from nnbook.events import Epoch
from nnbook.initializers import scaled
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.search.space import Between, Setting, Space, Whole
from nnbook.search.work import Report
from nnbook.training import Diverged, train

SPACE: Space = {
    "learning_rate": Between(0.01, 10, log=True, points=5),
    "lambda_": Between(0.001, 10, log=True, points=2),
    "batch_size": Whole(4, 100, log=True, points=3),
}
LABELS = {
    "learning_rate": "learning rate η",
    "lambda_": "regularization λ",
    "batch_size": "mini-batch size m",
}


class DigitsObjective:
    """Train a 784-30-10 network with a setting of `SPACE`; its validation accuracy at the end.

    Cross-entropy and scaled starting weights, as in chapters 04 and 05, on the first `images`
    training images for `epochs` epochs: about a second. It is judged by at most `judged`
    validation images after each epoch. `seed` fixes the starting weights and the order of the
    images, the same for all trials. A training that diverges keeps what it had reached.
    """

    def __init__(
        self,
        digits: Digits,
        *,
        images: int = 5000,
        epochs: int = 8,
        judged: int = 5000,
        seed: int = 0,
    ) -> None:
        instance("digits", digits, Digits, "load_mnist()")
        self.training = digits.training[: whole("images", images)]
        self.validation = digits.validation[: whole("judged", judged)]
        self.epochs = whole("epochs", epochs)
        self.seed = whole("seed", seed, low=0)

    def __call__(self, setting: Setting, report: Report) -> float:
        network = Network(
            [self.training.features, 30, self.training.classes],
            cost=CrossEntropy(),
            initializer=scaled,
            rng=self.seed,
        )
        events = train(
            network,
            self.training,
            epochs=self.epochs,
            batch_size=setting["batch_size"],
            optimizer=SGD(setting["learning_rate"]),
            regularizer=L2(setting["lambda_"]),
            rng=self.seed,
            monitor={"validation": self.validation},
        )
        try:
            for event in events:
                if isinstance(event, Epoch):
                    report(event.epoch, event.scores["validation"].accuracy)
        except Diverged:
            pass
        return network.accuracy(self.validation)
