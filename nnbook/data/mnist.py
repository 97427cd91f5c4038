"""MNIST, wherever it is: NNBOOK_DATA, the cache, the internet; or else the built-in digits."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nnbook.data import store
from nnbook.data.archives import MNIST, Collection
from nnbook.data.dataset import Dataset, Digits
from nnbook.data.digits import builtin_digits
from nnbook.data.download import MIRRORS, Download
from nnbook.data.idx import Damaged
from nnbook.folders import cache_folder

BUILTIN = "builtin"  # the value of NNBOOK_DATA that asks for the built-in digits
SECONDS = 8.5  # for all mirrors together: a chapter should open in under 10 s
AGAIN = "`python -m nnbook data` tries again"


@dataclass(frozen=True)
class Found:
    """The digits that were found, and the sentences that a reader should see about them."""

    digits: Digits
    sentences: tuple[str, ...] = ()


def load_mnist(*, quiet: bool = False) -> Digits:
    """MNIST: 50,000 training, 10,000 validation and 10,000 test images (NNDL ch. 1).

    Looks in the folder that the environment variable NNBOOK_DATA names, then in the cache, then
    fetches the four archives (12 MB) from the internet within a few seconds. Where that fails, it
    returns the built-in digits and says so in a sentence, unless `quiet`. With NNBOOK_DATA=builtin
    it takes the built-in digits at once. Never raises for want of data.
    """
    found = _load(os.environ.get("NNBOOK_DATA", ""), mnist_folder())
    if not quiet:
        for sentence in found.sentences:
            print(sentence)
    return found.digits


def mnist_folder() -> Path:
    """The cache folder of the four archives; it need not exist."""
    return cache_folder() / "mnist"


@functools.lru_cache(maxsize=4)
def _load(wanted: str, folder: Path) -> Found:
    return find(wanted, folder)


def find(
    wanted: str,
    folder: Path,
    *,
    mirrors: Sequence[str] = MIRRORS,
    collection: Collection = MNIST,
    seconds: float = SECONDS,
) -> Found:
    """MNIST from `wanted` (the value of NNBOOK_DATA), the cache `folder` or the mirrors."""
    if wanted.strip().lower() == BUILTIN:
        return Found(
            builtin_digits(),
            ("NNBOOK_DATA=builtin: these are the 1,797 built-in digits, not MNIST.",),
        )
    sentences: list[str] = []
    if wanted:
        digits, trouble = named_folder(wanted, collection)
        if digits is not None:
            return Found(digits)
        sentences.append(trouble)

    packed, failures, unkept = _cached_or_fetched(folder, mirrors, collection, seconds)
    if unkept:
        sentences.append(f"MNIST could not be kept in {folder} ({unkept}).")
    try:
        if not failures:
            return Found(digits_from(packed, collection), tuple(sentences))
    except Damaged as error:
        failures = [reason(error)]
    sentences.append(
        f"MNIST could not be fetched ({'; '.join(failures)}), so these are the 1,797 built-in "
        f"digits; {AGAIN}."
    )
    return Found(builtin_digits(), tuple(sentences))


def named_folder(wanted: str, collection: Collection = MNIST) -> tuple[Digits | None, str]:
    """The digits in the folder that NNBOOK_DATA names; or None, and a sentence that says why."""
    try:
        place = Path(wanted).expanduser()
        packed = {archive.name: archive.load(place) for archive in collection}
        return digits_from(packed, collection), ""
    except (Damaged, OSError, RuntimeError) as error:  # RuntimeError: ~somebody who is not known
        return None, f"NNBOOK_DATA={wanted} is not used: {reason(error)}."


def _cached_or_fetched(
    folder: Path, mirrors: Sequence[str], collection: Collection, seconds: float
) -> tuple[dict[str, bytes], list[str], str]:
    """The archives; if not all could be had, why; and why they could not be kept, if so."""
    packed = store.load(folder, collection)
    missing = [archive for archive in collection if archive.name not in packed]
    if not missing:
        return packed, [], ""
    failures = store.recent_failure(folder)
    if failures:
        return packed, failures, ""
    unkept = ""
    download = Download(missing, mirrors, seconds=seconds)
    for archive, content in download:
        packed[archive.name] = content
        try:
            store.keep(folder, archive, content)
        except OSError as error:
            unkept = reason(error)
    if not download.missing:
        return packed, [], unkept
    failures = download.failures or ["no mirror was asked"]
    store.remember_failure(folder, failures)
    return packed, failures, unkept


def digits_from(packed: dict[str, bytes], collection: Collection = MNIST) -> Digits:
    """The digits in four archives, in their order: the last sixth of training is for validation.

    Raises Damaged where an archive is not what it should be.
    """
    train, test = collection.training_images, collection.test_images
    images = train.read(packed[train.name])
    labels = collection.training_labels.read(packed[collection.training_labels.name])
    test_labels = collection.test_labels.read(packed[collection.test_labels.name])
    cut = len(images) - len(images) // 6
    return Digits(
        "MNIST",
        training=Dataset(images[:cut], labels[:cut], name="MNIST training"),
        validation=Dataset(images[cut:], labels[cut:], name="MNIST validation"),
        test=Dataset(test.read(packed[test.name]), test_labels, name="MNIST test"),
        note="70,000 handwritten digits of the MNIST data set (LeCun, Cortes and Burges).",
    )


def reason(error: Exception) -> str:
    """An error as a few words: "No space left on device"."""
    return str(getattr(error, "strerror", None) or error)
