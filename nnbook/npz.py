"""Numbers and their description in one .npz file: written in one step, read without trust.

A file holds `description.json` and an uncompressed `NAME.npy` for each array, no pickles; NumPy's
own `numpy.load` opens it too. What is read is bounded by what the description lets one expect.
"""

from __future__ import annotations

import io
import json
import math
import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from nnbook import files
from nnbook.data.idx import Damaged

LARGEST = 2**30  # bytes of a file: a hundred times the largest network of the book
LONGEST = 2**20  # bytes of the description, and of the zip's list of contents
MOST = 4000  # members
TEXT = "description.json"
DATE = (1980, 1, 1, 0, 0, 0)  # the same content makes the same file
END = struct.Struct("<4s4H2LH")  # of a zip file: how many members, and where their list is
ZIP64 = b"PK\x06\x07"

Expected = Mapping[str, tuple[tuple[int, ...], np.dtype]]  # names of arrays, shapes and types


def target(path: str | os.PathLike[str]) -> Path:
    """`path` as a place for a file; TypeError or ValueError unless it names an .npz file."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path must be the name of a file, such as 'digits.npz', not {path!r}.")
    place = Path(path)
    if place.suffix != ".npz":
        raise ValueError(
            f"path must be the name of an .npz file, such as 'digits.npz', but it is {str(path)!r}."
        )
    return place.expanduser()


def pack(description: dict[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """The bytes of such a file; ValueError if it would be larger than can be read again."""
    if sum(array.nbytes for array in arrays.values()) > LARGEST - LONGEST:
        raise ValueError(f"The weights cannot be stored: they need more than {LARGEST:,} bytes.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        text = json.dumps(description, indent=1, ensure_ascii=False, allow_nan=False)
        archive.writestr(zipfile.ZipInfo(TEXT, DATE), text)
        for name, array in arrays.items():
            member = io.BytesIO()
            array = np.array(array, array.dtype.newbyteorder("<"), order="C")
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", DATE), member.getvalue())
    return buffer.getvalue()


def put(path: Path, content: bytes) -> None:
    """Write what `pack` made into the file at `path`; if that fails, the one that was there stays.

    OSError in words, such as FileNotFoundError where the folder is missing.
    """
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: there is no folder {path.parent}.")
    if path.is_dir():
        raise IsADirectoryError(f"{path} cannot be written: it is a folder.")
    files.sweep(path.parent, path.name)
    try:
        files.replace(path, content)
    except OSError as error:
        before = "the file that is there stays as it was" if path.exists() else "there is none"
        words = f"{path} cannot be written ({error.strerror}); {before}"
        raise OSError(error.errno, words) from error


@contextmanager
def opened(path: Path, kind: str) -> Iterator[NpzFile]:
    """The file at `path`, to be read: `with opened(path, "a saved network") as file`.

    FileNotFoundError or another OSError in words where it cannot be opened. Damaged, a
    ValueError that names the file, for whatever is wrong in it, also when found in the block.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path} cannot be read: it is a folder.")
    if not path.exists():
        missing = "the file" if path.parent.is_dir() else f"the folder {path.parent}"
        raise FileNotFoundError(f"{path} cannot be read: {missing} is not there.")
    try:
        if not path.is_file():
            raise Damaged("it is no ordinary file")
        with path.open("rb") as file:
            yield NpzFile(file)
    except Damaged as error:
        raise Damaged(f"{path} cannot be read as {kind}: {error}.") from error
    except OSError as error:
        raise OSError(error.errno, f"{path} cannot be read ({error.strerror})") from error


class NpzFile:
    """An open file: its `description`, its `size` in bytes, and then its `arrays`."""

    def __init__(self, file: BinaryIO):
        """Raises Damaged unless `file` is a zip with a description."""
        self.size = os.fstat(file.fileno()).st_size
        if self.size > LARGEST:
            raise Damaged(f"it is larger than {LARGEST:,} bytes")
        _check_end(file, self.size)
        try:
            self._zip = zipfile.ZipFile(file)
        except Exception as error:  # the parser fails in many ways
            raise Damaged(f"it is not an .npz file ({_reason(error)})") from error
        self._members = self._checked(self._zip.infolist())
        if TEXT not in self._members:
            raise Damaged(f"there is no {TEXT} in it")
        if self._members[TEXT].file_size > LONGEST:
            raise Damaged(f"its {TEXT} is longer than {LONGEST:,} bytes")
        self.description = parse(self._bytes(TEXT))

    def arrays(self, expected: Expected) -> dict[str, np.ndarray]:
        """The arrays by name, read-only. Damaged unless they are exactly the `expected` ones."""
        names = {TEXT, *(f"{name}.npy" for name in expected)}
        for name in names - self._members.keys():
            raise Damaged(f"{name} is missing in it")
        for name in self._members.keys() - names:
            raise Damaged(f"it has a member {name!r:.60} that does not belong there")
        return {name: self._array(name, *wanted) for name, wanted in expected.items()}

    def check(self) -> None:
        """Damaged unless the checksum of every member is right."""
        for name in self._members:
            self._bytes(name)

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        for member in members:
            if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
                raise Damaged(f"{member.filename!r:.60} in it is compressed or encrypted")
            if member.file_size != member.compress_size:
                raise Damaged(f"{member.filename!r:.60} in it states two sizes")
        if sum(member.file_size for member in members) > self.size:
            raise Damaged("its members claim to be larger than the file")
        named = {member.filename: member for member in members}
        if len(named) != len(members):
            raise Damaged("it has two members of the same name")
        return named

    def _bytes(self, name: str) -> bytes:
        try:
            return self._zip.read(self._members[name])
        except Exception as error:  # the parser fails in many ways
            raise Damaged(f"{name} in it is damaged ({_reason(error)})") from error

    def _array(self, name: str, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
        """The header is compared, not parsed: it must say what is expected."""
        dtype = np.dtype(dtype).newbyteorder("<")
        size = math.prod(shape) * dtype.itemsize
        if not size <= self._members[f"{name}.npy"].file_size <= size + LONGEST:
            raise Damaged(f"{name} in it is not an array of {dtype} of the shape {shape}")
        content = self._bytes(f"{name}.npy")
        start = 10 + int.from_bytes(content[8:10], "little")
        wanted = _header(shape, dtype)
        if content[:8] != wanted[:8] or content[10:start].rstrip() != wanted[10:].rstrip():
            raise Damaged(f"{name} in it is not an array of {dtype} of the shape {shape}")
        if len(content) != start + size:
            raise Damaged(f"{name} in it has {len(content) - start:,} bytes instead of {size:,}")
        return np.frombuffer(content, dtype, offset=start).reshape(shape)


def parse(content: bytes) -> dict[str, Any]:
    """A JSON object with finite numbers and each key once; Damaged for anything else."""
    try:
        parsed = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_each_once,
            parse_float=_finite,
            parse_constant=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise Damaged(f"its description is not readable JSON ({_reason(error)})") from error
    if not isinstance(parsed, dict):
        raise Damaged("its description is not a JSON object")
    return parsed


def check_keys(what: str, found: Any, names: set[str]) -> dict[str, Any]:
    """`found`, if it is a JSON object with exactly the keys `names`; otherwise Damaged."""
    if not isinstance(found, dict):
        raise Damaged(f"{what} is not a JSON object")
    for name in names - found.keys():
        raise Damaged(f"{what} lacks {name!r}")
    for name in found.keys() - names:
        raise Damaged(f"{what} has an unknown entry {name!r:.60}")
    return found


def check_version(description: dict[str, Any], kind: str, newest: int) -> None:
    """Damaged unless the description says that it is of this `kind` and of a known version."""
    if description.get("format") != kind:
        raise Damaged(f"its description does not say that it is one ({kind!r})")
    version = description.get("version")
    if type(version) is not int or version < 1:
        raise Damaged("the version of its format is not a whole number from 1 on")
    if version > newest:
        raise Damaged(f"its format has the version {version}, from a newer nnbook: update nnbook")


def _check_end(file: BinaryIO, size: int) -> None:
    """Bounds what zipfile will read: the list of contents, right before the end of the file."""
    file.seek(max(0, size - END.size - 20))
    tail = file.read()
    if len(tail) < END.size:
        raise Damaged("it is too short for an .npz file")
    start, *disks, members, total, length, offset, comment = END.unpack(tail[-END.size :])
    whole = members == total <= MOST and length <= LONGEST and disks == [0, 0] and comment == 0
    if start != b"PK\x05\x06" or offset + length + END.size != size:
        raise Damaged("it is not an .npz file, or its end is missing")
    if not whole or tail.startswith(ZIP64):
        raise Damaged("its list of contents is not what it should be")


def _header(shape: tuple[int, ...], dtype: np.dtype) -> bytes:
    header = io.BytesIO()
    parts = {"descr": dtype.str, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, parts)
    return header.getvalue()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an entry stands in it twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text:.20} is not a finite number")
    return number


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error!s:.100}"
