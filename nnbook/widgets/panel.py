"""The box every widget is: it leaves a still picture where no kernel runs, and hides no error."""

from __future__ import annotations

import base64
import functools
import html
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as W

from nnbook.widgets.controls import Labels


class Still:
    """Mixin for a widget: `still()` is its picture where there is no kernel, `words` its text."""

    words: str

    def still(self) -> bytes:
        """The picture, a PNG file."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        picture = base64.b64encode(self.still()).decode("ascii")
        return (
            {**(data or {}), "image/png": picture, "text/plain": self.words},
            {**metadata, "image/png": {"alt": self.words}},
        )


class Panel(Still, W.VBox):
    """A column of controls and pictures. `words` is one sentence that says what it shows.

    `guard(callback)` is the callback with its exceptions shown in red under the controls and kept
    in `problems`: an exception in a plain ipywidgets callback is seen by nobody.
    """

    def __init__(self, children: Sequence[W.Widget], *, words: str) -> None:
        self.words = words
        self.problems: list[BaseException] = []
        self._failing: set[str] = set()
        self._notice = W.HTML(layout=W.Layout(display="none"))
        super().__init__([*children, self._notice, Labels()])
        self.add_class("nnbook-panel")

    def watch(self, control: W.Widget, callback: Callable[[], None], names: str = "value") -> None:
        """Call `callback()`, guarded, whenever the trait `names` of `control` changes."""
        guarded = self.guard(callback)
        control.observe(lambda change: guarded(), names)

    def click(self, button: W.Button, callback: Callable[[], None]) -> None:
        """Call `callback()`, guarded, whenever `button` is pressed."""
        guarded = self.guard(callback)
        button.on_click(lambda pressed: guarded())

    def guard(self, callback: Callable[..., None]) -> Callable[..., None]:
        """`callback`, with its exceptions reported instead of lost."""
        name = getattr(callback, "__qualname__", repr(callback))

        @functools.wraps(callback)
        def guarded(*args: Any, **kwargs: Any) -> None:
            try:
                callback(*args, **kwargs)
            except Exception as problem:
                self._failing.add(name)
                self.report(problem)
            else:
                self._failing.discard(name)
                if not self._failing and self._notice.layout.display != "none":
                    self._notice.layout.display = "none"

        return guarded

    def report(self, problem: BaseException) -> None:
        """Show `problem` inside the widget and keep it in `problems`."""
        self.problems.append(problem)
        details = "".join(traceback.format_exception(problem))
        self._notice.value = (
            '<div class="nnbook-problem" role="alert"><b>This did not work:</b> '
            f"{html.escape(str(problem) or type(problem).__name__)} "
            "Change a setting and try again, or run the cell anew."
            f"<details><summary>For a bug report</summary><pre>{html.escape(details)}</pre>"
            "</details></div>"
        )
        self._notice.layout.display = ""
