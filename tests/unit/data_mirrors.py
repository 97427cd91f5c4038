"""Mirrors for the tests: a server on 127.0.0.1 that behaves badly in every way a path names."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from nnbook.data.archives import Archive, Collection


def idx(array: np.ndarray) -> bytes:
    """A uint8 array as an unpacked IDX file."""
    header = struct.pack(">HBB", 0, 0x08, array.ndim)
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def tiny_archives(training: int = 60, test: int = 10) -> tuple[Collection, dict[str, bytes]]:
    """A collection like MNIST, but of a few random images, and its files by name."""
    rng = np.random.default_rng(0)
    arrays = {
        "training_labels": rng.integers(0, 10, training).astype(np.uint8),
        "test_labels": rng.integers(0, 10, test).astype(np.uint8),
        "test_images": rng.integers(0, 256, (test, 28, 28)).astype(np.uint8),
        "training_images": rng.integers(0, 256, (training, 28, 28)).astype(np.uint8),
    }
    files, archives = {}, {}
    for role, array in arrays.items():
        packed = gzip.compress(idx(array), mtime=0)
        name = f"{role}.gz"
        files[name] = packed
        archives[role] = Archive(name, hashlib.sha256(packed).hexdigest(), len(packed), array.shape)
    return Collection(**archives), files


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        _, way, name = self.path.split("/", 2)
        self.server.asked.append((way, name))
        body = self.server.files.get(name, b"")
        with contextlib.suppress(OSError):
            getattr(self, way)(name, body)

    def good(self, name: str, body: bytes) -> None:
        self.start(len(body))
        self.wfile.write(body)

    def forbidden(self, name: str, body: bytes) -> None:
        self.send_error(403)

    def html(self, name: str, body: bytes) -> None:
        page = b"<html><body>Please log in to this network</body></html>"
        self.start(len(page))
        self.wfile.write(page)

    def truncated(self, name: str, body: bytes) -> None:
        self.start(len(body))
        self.wfile.write(body[: len(body) // 2])

    def short(self, name: str, body: bytes) -> None:
        self.start(len(body) // 2)
        self.wfile.write(body[: len(body) // 2])

    def wrong(self, name: str, body: bytes) -> None:
        self.good(name, body[:-20] + bytes(20))

    def endless(self, name: str, body: bytes) -> None:
        self.start(None)
        while not self.server.closing.is_set():
            self.wfile.write(bytes(1 << 16))

    def hangs(self, name: str, body: bytes) -> None:
        self.server.closing.wait(30)

    def hangs_in_body(self, name: str, body: bytes) -> None:
        self.start(len(body))
        self.wfile.write(body[:20])
        self.server.closing.wait(30)

    def trickles(self, name: str, body: bytes) -> None:
        self.start(len(body))
        for k in range(len(body)):
            self.wfile.write(body[k : k + 1])
            if self.server.closing.wait(0.1):
                return

    def trickles_headers(self, name: str, body: bytes) -> None:
        for letter in b"HTTP/1.0 200 OK\r\nX-Slow: " + b"a" * 300:
            self.wfile.write(bytes([letter]))
            if self.server.closing.wait(0.1):
                return

    def loops(self, name: str, body: bytes) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.end_headers()

    def quick_enough(self, name: str, body: bytes) -> None:
        self.start(len(body))
        for k in range(0, len(body), 1 << 15):
            self.wfile.write(body[k : k + (1 << 15)])
            time.sleep(0.04)

    def one_damaged(self, name: str, body: bytes) -> None:
        (self.wrong if name == "test_images.gz" else self.good)(name, body)

    def start(self, length: int | None) -> None:
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Tests are silent."""


class Mirrors(ThreadingHTTPServer):
    """`mirrors["forbidden"]` is the address of a mirror that answers 403; `asked` is a diary."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.asked: list[tuple[str, str]] = []
        self.closing = threading.Event()

    def __getitem__(self, way: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{way}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that walks away is what is tested here."""


@contextlib.contextmanager
def serve(files: dict[str, bytes]):
    server = Mirrors(files)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
