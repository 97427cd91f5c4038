"""Fetching archives from mirrors: checked, in memory, cut off in time whatever a server does."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from nnbook.data.archives import Archive
from nnbook.data.idx import Damaged

MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
CHUNK = 1 << 16
SILENCE = 15.0  # seconds without a byte after which even a patient download gives up
ALIVE = 200_000  # bytes a second: a mirror this fast may use up the time of the next one

log = logging.getLogger("nnbook")


class Download:
    """The archives from the mirrors, one mirror after the other, in at most so many seconds.

    Iterating yields (archive, checked bytes) as they arrive; a mirror that fails once is left for
    the next one, which goes on with what is missing. `failures` then says what was wrong, in a few
    words for each mirror. `progress(n)` is told of n more bytes, negative when they were in vain.
    """

    def __init__(
        self,
        archives: Iterable[Archive],
        mirrors: Sequence[str] = MIRRORS,
        *,
        seconds: float,
        progress: Callable[[int], object] = lambda n: None,
    ) -> None:
        self.missing = list(archives)
        self.mirrors = list(mirrors)
        self.seconds = seconds
        self.progress = progress
        self.failures: list[str] = []

    def __iter__(self) -> Iterator[tuple[Archive, bytes]]:
        end = time.monotonic() + self.seconds
        for k, mirror in enumerate(self.mirrors):
            now = time.monotonic()
            if not self.missing or now >= end:
                return
            share = (end - now) / (len(self.mirrors) - k)
            errand = _Errand(mirror, list(self.missing), min(share, SILENCE), self.progress)
            try:
                for archive, packed in errand.results(now + share, end):
                    self.missing.remove(archive)
                    yield archive, packed
            except _Failed as failure:
                self.failures.append(f"{urlsplit(mirror).hostname} {failure}")
            finally:
                errand.cancel()


class _Failed(Exception):
    """Why a mirror is given up, as the end of a sentence that begins with its name."""


class _Errand:
    """One mirror, asked in a thread of its own: the only way to leave a server that never ends.

    Time-outs of a socket begin again with each byte and do not cover the look-up of the name, so
    the caller waits on a queue and walks away. The thread ends when the server lets go of it; it
    has only ever touched memory.
    """

    def __init__(
        self,
        mirror: str,
        archives: list[Archive],
        timeout: float,
        progress: Callable[[int], object],
    ) -> None:
        self.mirror = mirror
        self.archives = archives
        self.timeout = timeout
        self.progress = progress
        self.begun = time.monotonic()
        self.received = 0  # bytes since then
        self.unfinished = 0  # bytes of the archive that is on its way
        self.cancelled = threading.Event()
        self.answers: queue.Queue[tuple[Archive, bytes] | _Failed | None] = queue.Queue()
        threading.Thread(target=self._run, daemon=True, name="nnbook download").start()

    def results(self, patience: float, end: float) -> Iterator[tuple[Archive, bytes]]:
        """What arrives until `patience`, or until `end` if the mirror is quick enough."""
        while True:
            now = time.monotonic()
            alive = self.received > ALIVE * (now - self.begun)
            if now >= (end if alive else patience):
                raise _Failed("took too long")
            try:
                answer = self.answers.get(timeout=0.1)  # short, so that Ctrl-C is heard
            except queue.Empty:
                continue
            if answer is None:
                return
            if isinstance(answer, _Failed):
                raise answer
            yield answer

    def cancel(self) -> None:
        """Nothing more is wanted; bytes of an unfinished archive were in vain."""
        self.cancelled.set()
        self.progress(-self.unfinished)

    def _run(self) -> None:
        try:
            for archive in self.archives:
                self.answers.put((archive, self._fetch(archive)))
            self.answers.put(None)
        except Exception as error:
            log.info("%s: %s: %s", self.mirror, type(error).__name__, error)
            self.answers.put(_Failed(_in_plain_words(error)))

    def _fetch(self, archive: Archive) -> bytes:
        import pooch

        # The archive itself is wanted, not its contents unpacked on the way.
        download = pooch.HTTPDownloader(
            chunk_size=CHUNK, timeout=self.timeout, headers={"Accept-Encoding": "identity"}
        )
        sink = _Sink(self, archive.size)
        download(f"{self.mirror.rstrip('/')}/{archive.name}", sink, None)
        packed = bytes(sink.packed)
        archive.check(packed)
        self.unfinished = 0
        return packed


class _Sink:
    """What pooch takes for a file: keeps the bytes in memory, and no more than are wanted."""

    def __init__(self, errand: _Errand, size: int) -> None:
        self.errand, self.size, self.packed = errand, size, bytearray()

    def write(self, chunk: bytes) -> None:
        if self.errand.cancelled.is_set():
            raise _Failed("was no longer wanted")
        if len(self.packed) + len(chunk) > self.size:
            raise Damaged("more bytes than expected")
        self.packed += chunk
        self.errand.received += len(chunk)
        self.errand.unfinished += len(chunk)
        self.errand.progress(len(chunk))

    def flush(self) -> None:
        """Nothing to do: pooch asks for it."""


def _in_plain_words(error: Exception) -> str:
    import requests

    if isinstance(error, _Failed):
        return str(error)
    if isinstance(error, Damaged):
        return "sent something else"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"answered {error.response.status_code}"
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return "took too long"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "broke off"
    if isinstance(error, requests.ConnectionError):
        return "could not be reached"
    return f"failed ({type(error).__name__})"
