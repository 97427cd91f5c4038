"""The hyper-parameter lab: choose, train, watch, compare (NNDL ch. 1, and all that follow)."""

from __future__ import annotations

import html
import threading
from pathlib import Path

import ipywidgets as W

from nnbook import checks
from nnbook.data.dataset import Digits
from nnbook.explore.lab_code import as_code
from nnbook.explore.runs import Comparison, Run
from nnbook.explore.settings import Settings, digits_given, start
from nnbook.history import History
from nnbook.network import Network
from nnbook.widgets import controls, lab_view, live
from nnbook.widgets.code import Code
from nnbook.widgets.panel import Panel
from nnbook.widgets.settings_form import Form, SettingsForm

STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"


class Laboratory(Panel):
    """Controls for the hyper-parameters, buttons to train, curves that grow, a table of runs.

    `network` and `history` are those of the present run, to be used in the next cell, also while
    it trains; `runs` are all runs. `play`, `pause`, `one_epoch`, `stop`, `reset`, `clear` do what
    the buttons do, `wait` waits for the end. `chapter` (2 or more) decides which controls are in
    the open. `data` are `Digits`, by default MNIST.
    """

    def __init__(self, chapter: int = 2, data: Digits | None = None) -> None:
        self.chapter = checks.whole("chapter", chapter, 2, 11)
        self.digits = digits_given(data)
        self.comparison = Comparison()
        self._training: live.Training | None = None
        self._starting = threading.Lock()
        self._form = self._controls()
        self._message, self._progress = W.HTML(), W.HTML()
        self._curves, self._table = W.HTML(layout=W.Layout(width="100%")), W.HTML()
        self._code = Code()
        code = W.Accordion([self._code], titles=["These settings as Python code"])
        style = W.HTML(STYLE, layout=W.Layout(display="none"))
        words = [self._message, self._progress]
        super().__init__(
            [self._form, self._buttons(), *words, self._curves, self._table, code, style],
            words=self._in_words(),
        )
        self.add_class("nnbook-lab")
        self._form.watch(lambda control: self.watch(control, self._changed))
        live.succeed(self)
        self._changed()
        self._draw()

    def _controls(self) -> Form:
        return SettingsForm(start(self.chapter, self.digits), self.chapter)

    def _in_words(self) -> str:
        return (
            f"Hyper-parameter lab (chapter {self.chapter:02}): controls for the "
            "hyper-parameters, buttons to train, curves of cost and accuracy, a table of runs."
        )

    def _buttons(self) -> W.HBox:
        buttons = []
        for name, method, hint in (
            ("Play", self.play, "Train, or go on after a pause"),
            ("Pause", self.pause, "Rest; everything is kept"),
            ("One epoch", self.one_epoch, "Train to the end of one epoch, then rest"),
            ("Stop", self.stop, "End this run; what was learned is kept"),
            ("Reset", self.reset, "Forget this network; the settings and the curves stay"),
            ("Clear runs", self.clear, "Take the earlier runs out of the curves and the table"),
        ):
            button = controls.button(name, main=name == "Play")
            button.tooltip = hint
            buttons.append(button)
            self.click(button, method)
        return W.HBox(
            buttons,
            layout=W.Layout(flex_flow="row wrap", margin="6px 0 2px"),
        )

    # ---- what the reader may use ---------------------------------------------------------------

    @property
    def network(self) -> Network | None:
        """The network of the present run, None before the first and after Reset."""
        return self.comparison.current.network if self.comparison.current else None

    @property
    def history(self) -> History | None:
        """The history of the present run, None before the first and after Reset."""
        return self.comparison.current.history if self.comparison.current else None

    @property
    def runs(self) -> list[Run]:
        """All runs since the last "Clear runs", each with settings, network, history, state."""
        return list(self.comparison.runs)

    @property
    def settings(self) -> Settings:
        """What the controls say; ValueError, in words, if it cannot be run."""
        settings = self._form.settings()
        settings.check(self.digits)
        return settings

    @property
    def code(self) -> str:
        """The settings as Python code."""
        return self._code.code

    # ---- the buttons ---------------------------------------------------------------------------

    def play(self) -> None:
        """Start a run with the present settings, or go on with the one that rests."""
        self._go(one_epoch=False)

    def one_epoch(self) -> None:
        """Train to the end of one epoch, then rest."""
        self._go(one_epoch=True)

    def pause(self) -> None:
        """Let the run rest after the mini-batch at hand."""
        if self._active:
            self._active.pause()

    def stop(self) -> None:
        """End the run after the mini-batch at hand; the network keeps what it has learned."""
        if self._active:
            self._active.stop()

    def reset(self) -> None:
        """End the run and forget its network; its curves stay, faded."""
        self.stop()
        self.comparison.forget_current()
        self._draw()

    def clear(self) -> None:
        """Take the runs that are over out of the curves and the table."""
        self.comparison.clear()
        self._draw()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end of the run, at most `timeout` seconds; whether it has ended."""
        return self._training is None or self._training.join(timeout)

    @property
    def _active(self) -> live.Training | None:
        training = self._training
        return training if training and training.alive and not training.stopping else None

    def _go(self, *, one_epoch: bool) -> None:
        with self._starting:  # clicks may come from two threads
            training = self._active
            if training is None:
                try:
                    settings = self.settings
                except (ValueError, TypeError):
                    return  # the message says already what is wrong
                run = self.comparison.start(settings, self.digits)
                draw = self.guard(self._draw)
                training = live.Training(run, tick=draw, end=lambda: self._ended(run))
                self._training = training
            training.play(one_epoch=one_epoch)

    def _ended(self, run: Run) -> None:
        self.guard(self._draw)()
        if run.state == "failed" and run.problem:
            self.report(run.problem)

    # ---- what is shown -------------------------------------------------------------------------

    def _changed(self) -> None:
        try:
            self._code.code = as_code(self.settings, self.digits)
            self._wrong = ""
        except (ValueError, TypeError) as problem:
            self._wrong = str(problem)[0].upper() + str(problem)[1:]
            self._code.code = "# " + str(problem)
        self._say()

    def _draw(self) -> None:
        """Bring curves, table and words up to date; called about ten times a second."""
        self._say()
        self._progress.value = lab_view.progress(self.comparison.current)
        self._curves.value = self._pictures()
        self._table.value = lab_view.table(self.comparison, self.digits)

    def _pictures(self) -> str:
        return lab_view.curves(self.comparison, self.digits)

    def _say(self) -> None:
        words, role = self._wrong, "alert"
        if not words:
            role = "status"
            words = lab_view.message(self.comparison.current)
            run = self.comparison.current
            if self._active and run and run.settings != self._form.settings():
                words += " Changed settings take effect at the next run: press Stop, then Play."
        self._message.value = f'<div role="{role}" class="nnbook-{role}">{html.escape(words)}</div>'

    def still(self) -> bytes:
        """The curves of the runs so far, or of a short example run, as a PNG file."""
        return lab_view.still(
            self.comparison, self.digits, self._form.taught, start(self.chapter, self.digits)
        )
