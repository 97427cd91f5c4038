"""The progress bar: counts in a terminal, leaves nothing in a notebook."""

import sys
import time

import nnbook.progress
from nnbook.progress import Progress


class Handle:
    def __init__(self):
        self.shown = []

    def update(self, data, raw):
        assert raw
        self.shown.append(data["text/html"])


def test_in_a_notebook_the_first_and_the_last_picture_are_empty(monkeypatch):
    handle, first = Handle(), []
    monkeypatch.setattr(nnbook.progress, "_in_notebook", lambda: True)

    def display(data, raw, display_id):
        first.append(data)
        return handle

    import IPython.display

    monkeypatch.setattr(IPython.display, "display", display)
    with Progress(3, "training") as bar:
        bar.advance()
        assert handle.shown == []  # too soon to draw
        time.sleep(nnbook.progress.REFRESH + 0.05)
        bar.advance()
    assert first == [{"text/html": "", "text/plain": ""}]
    assert "training" in handle.shown[0] and "2/3" in handle.shown[0]
    assert handle.shown[-1] == ""


def test_without_a_terminal_nothing_is_printed(capsys, monkeypatch):
    monkeypatch.setattr(nnbook.progress, "_in_notebook", lambda: False)
    with Progress(3, "training") as bar:
        bar.advance(3)
    assert bar.done == 3
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == ""


def test_hidden(monkeypatch):
    monkeypatch.setattr(nnbook.progress, "_in_notebook", lambda: True)
    with Progress(3, "training", shown=False) as bar:
        bar.advance()
    assert bar.done == 1 and "IPython" in sys.modules
