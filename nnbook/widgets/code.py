"""Python code in a widget, with a button that copies it."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Code(anywidget.AnyWidget):
    """`code` is what is shown and copied."""

    _esm = Path(__file__).parent / "code.js"
    _css = """
    .nnbook-code button { width: auto; }
    .nnbook-code span { margin-left: 12px; }
    .nnbook-code pre { font-size: 13px; line-height: 1.4; overflow-x: auto; margin: 8px 0 0;
                       padding: 8px; border: 1px solid var(--jp-border-color2, #bbb); }
    """
    code = traitlets.Unicode("").tag(sync=True)
