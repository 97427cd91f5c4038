"""Weight files and IDX files with something wrong in each: refused in our words or loaded rightly.

`python fuzz_files.py weights 0 2000 FOLDER` tries the cases 0 to 1999 in a process that may take
200 MB more than at its start, and prints what happened as JSON.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import sys
import time
import warnings
import zipfile
from pathlib import Path

import numpy as np
from data_mirrors import idx
from npz_files import NETWORKS, members, zipped

from nnbook import load, save
from nnbook.data.archives import Archive
from nnbook.data.idx import Damaged, read_idx
from nnbook.storage import arrays

MEGABYTE = 2**20
EXTRA = 200 * MEGABYTE
BOMB = 250 * MEGABYTE  # so much becomes of a small file when it is unpacked
NUMBERS = [0, 1, 2, 8, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x504B0304]
VALUES = [
    None, True, False, 0, 1, -1, 2, 3, 10, 2**31, 2**63, 10**30, 10**400, 0.5, -0.5, 1e300, 1.0,
    "", "x", "Dense", "sigmoid", "float64", "quadratic", [], {}, [0], [1, 1], [10**9] * 9, [[[]]],
    {"layer": "Dense"}, "\x00", "a" * 70_000,
]  # fmt: skip


def changed_bytes(rng: random.Random, content: bytes, other: bytes) -> bytes:
    """One to four small accidents."""
    b = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at, size = rng.randrange(len(b) + 1), rng.randrange(1, 60)
        match rng.randrange(8):
            case 0 | 1:
                b[at : at + 1] = bytes([rng.randrange(256)])
            case 2:
                width = rng.choice((1, 2, 4))
                value = rng.choice(NUMBERS) % 256**width
                b[at : at + width] = value.to_bytes(width, rng.choice(("big", "little")))
            case 3:
                del b[at:]
            case 4:
                del b[at : at + size]
            case 5:
                b[at:at] = b[at : at + size]
            case 6:
                b[at:at] = rng.randbytes(size)
            case 7:
                b[at:] = other[rng.randrange(len(other)) :]
    return bytes(b)


def changed_value(rng: random.Random, value):
    """The same JSON value with one part of it replaced, removed or repeated."""
    if isinstance(value, (list, dict)) and value and rng.random() < 0.85:
        copy = value.copy()
        key = rng.choice(list(copy)) if isinstance(copy, dict) else rng.randrange(len(copy))
        match rng.randrange(8):
            case 0:
                del copy[key]
            case 1 if isinstance(copy, dict):
                copy[rng.choice(["n", "p", "layer", "W1", "__class__"])] = rng.choice(VALUES)
            case 1:
                copy.insert(key, copy[key])
            case _:
                copy[key] = changed_value(rng, copy[key])
        return copy
    if type(value) is int and rng.random() < 0.5:
        return value + rng.choice((-1, 1, 10, 1000))
    return rng.choice(VALUES)


def changed_members(rng: random.Random, content: bytes, other: bytes) -> bytes:
    """A sound zip file with something wrong in it."""
    found = list(members(content).items())
    k = rng.randrange(len(found))
    name, inside = found[k]
    compression = zipfile.ZIP_STORED
    match rng.randrange(7):
        case 0:
            found[k] = name, changed_bytes(rng, inside, other)
        case 1:
            found[k] = name, changed_bytes(rng, inside[:128], other) + inside[128:]
        case 2:
            found[k] = rng.choice(list(members(other))), inside
        case 3:
            found[k] = name, rng.choice(list(members(other).values()))
        case 4:
            del found[k]
        case 5:
            found.append((rng.choice(["x", "../x", name, "W9.npy", ""]), rng.randbytes(9)))
        case 6:
            compression = zipfile.ZIP_DEFLATED
            found.append((name, bytes(10)))
    return zipped(found, compression)


def changed_description(rng: random.Random, content: bytes, other: bytes) -> bytes:
    found = members(content)
    description = json.loads(found["description.json"])
    for _ in range(rng.choice((1, 1, 2))):
        description = changed_value(rng, description)
    found["description.json"] = json.dumps(description).encode()
    return zipped(found.items())


class Weights:
    """Saved networks; NumPy's own reader says what is in a file that is loaded."""

    def __init__(self, folder: Path):
        self.path = folder / "changed.npz"
        self.files = []
        for make in NETWORKS.values():
            save(make(), self.path)
            self.files.append(self.path.read_bytes())
        found = [*members(self.files[0]).items(), ("W9.npy", bytes(BOMB))]
        self.bomb = zipped(found, zipfile.ZIP_DEFLATED)

    def prepare(self, rng: random.Random) -> None:
        content, other = rng.choice(self.files), rng.choice(self.files)
        change = rng.choice((changed_bytes, changed_members, changed_description))
        if rng.random() < 0.02:
            content, change = self.bomb, changed_bytes
        self.path.write_bytes(change(rng, content, other))

    def read(self):
        return load(self.path)

    def right(self, network) -> bool:
        with np.load(self.path, allow_pickle=False) as file:
            same = [np.array_equal(array, file[name]) for name, array in arrays(network).items()]
        return all(same) and bool(np.isfinite(network.parameters).all())

    def in_words(self, error: Exception) -> bool:
        return str(error).startswith(f"{self.path} cannot be read as a saved network: ")


class Idx:
    """Packed images and labels, read as they are and as an archive whose checksum is right."""

    def __init__(self, folder: Path):
        rng = np.random.default_rng(0)
        self.arrays = [rng.integers(0, 10, 60), rng.integers(0, 256, (6, 28, 28))]
        self.arrays = [array.astype(np.uint8) for array in self.arrays]
        self.bomb = gzip.compress(idx(self.arrays[1]) + bytes(BOMB), compresslevel=1, mtime=0)

    def prepare(self, rng: random.Random) -> None:
        array, other = rng.choice(self.arrays), rng.choice(self.arrays)
        self.shape, content = array.shape, idx(array)
        match rng.randrange(4):
            case 0:
                self.packed = changed_bytes(rng, gzip.compress(content, mtime=0), idx(other))
            case 1:
                start = 4 + 4 * array.ndim
                start = changed_bytes(rng, content[:start], idx(other)) + content[start:]
                self.packed = gzip.compress(start, mtime=0)
            case 2:
                self.packed = gzip.compress(changed_bytes(rng, content, idx(other)), mtime=0)
            case 3:
                self.packed = changed_bytes(rng, self.bomb, b"x")
        self.archive = Archive(
            "changed.gz", hashlib.sha256(self.packed).hexdigest(), len(self.packed), self.shape
        )

    def read(self):
        read_idx(self.packed, self.shape)
        return self.archive.read(self.packed)

    def right(self, array: np.ndarray) -> bool:
        return idx(array) == gzip.decompress(self.packed) and array.shape == self.shape

    def in_words(self, error: Exception) -> bool:
        return str(error)[:1].islower()  # the end of a sentence that names the file


def fuzz(subject, first: int, last: int) -> dict:
    """What happened in the cases first to last: those that went wrong, and the slowest."""
    said = {"refused": 0, "loaded": 0, "slowest": 0.0, "wrong": []}
    for case in range(first, last):
        subject.prepare(random.Random(case))
        clock = time.perf_counter()
        try:
            loaded, error = subject.read(), None
        except Exception as problem:
            loaded, error = None, problem
        said["slowest"] = max(said["slowest"], time.perf_counter() - clock)
        if error is None:
            said["loaded"] += 1
            fine = subject.right(loaded)
        else:
            said["refused"] += 1
            fine = isinstance(error, Damaged) and subject.in_words(error) and not starved(error)
        if not fine:
            said["wrong"].append(f"case {case}: {type(error).__name__}: {error!s:.300}")
    return said


def starved(error: BaseException | None) -> bool:
    """Whether memory ran out somewhere on the way to this error."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def limit_memory() -> None:
    """From now on this process may take EXTRA bytes more; MemoryError beyond that."""
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + EXTRA
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    kind, first, last, folder = sys.argv[1:]
    warnings.simplefilter("ignore")  # zipfile warns of names that come twice, which is wanted here
    subject = {"weights": Weights, "idx": Idx}[kind](Path(folder))
    if sys.platform == "linux":
        limit_memory()
    print(json.dumps(fuzz(subject, int(first), int(last))))
