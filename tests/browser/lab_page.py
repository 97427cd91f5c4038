"""What a test asks of a notebook that is open in JupyterLab: controls, pictures, the kernel."""

from __future__ import annotations

import ast
import re
import time

SECONDS = 60  # a busy machine is slow, not wrong
WORKED = {
    "slider",
    "button",
    "combobox",
    "checkbox",
    "textbox",
    "spinbutton",
    "radio",
    "tab",
    "link",
}
ICON = r"(?:[\ue000-\uf8ff]\s*)?"

# The value of a Python expression in the notebook's kernel, after all that it was sent before.
ASK = """async ([expression, seconds]) => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({
    code: '', silent: false, store_history: false, user_expressions: { answer: expression } });
  const late = new Promise((_, fail) =>
    setTimeout(() => fail(new Error(`no answer from the kernel: ${expression}`)), 1000 * seconds));
  const { answer } = (await Promise.race([future.done, late])).content.user_expressions;
  if (answer.status !== 'ok') throw new Error(`${answer.ename}: ${answer.evalue}`);
  return answer.data['text/plain'];
}"""
# A short number for what is seen on an <img>, <canvas> or <svg>.
FINGERPRINT = """async element => {
  const short = text => {
    let sum = 0;
    for (const letter of text) sum = (31 * sum + letter.charCodeAt(0)) | 0;
    return sum;
  };
  if (element instanceof SVGElement) return short(element.outerHTML);
  for (let tries = 20; element.decode; tries -= 1) {
    try {
      await element.decode();
      break;
    } catch (problem) { // the next picture came in the middle of it
      if (!tries) throw problem;
      await new Promise(done => setTimeout(done, 50));
    }
  }
  const copy = document.createElement('canvas');
  copy.width = element.naturalWidth ?? element.width;
  copy.height = element.naturalHeight ?? element.height;
  copy.getContext('2d').drawImage(element, 0, 0);
  return short(copy.toDataURL());
}"""


def ask(page, expression):
    """The value of a Python expression (a literal such as a number, text or list) in the kernel."""
    return ast.literal_eval(page.evaluate(ASK, [expression, SECONDS]))


def until(page, condition, what, seconds=SECONDS):
    """Wait until `condition()` is true; AssertionError naming `what` when that takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        page.wait_for_timeout(50)


def controls(panel):
    """All that can be worked in `panel`, as a sorted list of (role, accessible name).

    An icon before a name is a letter for private use, which a screen reader passes over.
    """
    found = re.findall(
        r"""^\s*- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?""", panel.aria_snapshot(), re.M
    )
    return sorted((role, re.sub(ICON, "", name)) for role, name in found if role in WORKED)


def fingerprint(picture):
    """A number that changes when an image, canvas or drawing looks different."""
    return picture.evaluate(FINGERPRINT)


def at_rest(picture, seconds=SECONDS):
    """The fingerprint of a picture that no message on its way will change any more.

    A slider's last move, or a stroke's last points, may arrive later than the first new pixels.
    """
    page, end = picture.page, time.monotonic() + seconds
    seen, before = fingerprint(picture), None
    while seen != before:
        assert time.monotonic() < end, f"the picture still changed after {seconds} s"
        page.wait_for_timeout(400)
        ask(page, "0")  # the kernel has answered all that was sent to it
        before, seen = seen, fingerprint(picture)
    return seen


class changes:
    """`with changes(picture):` waits at the end until its pixels are others than at the start."""

    def __init__(self, picture):
        self.picture = picture

    def __enter__(self):
        self.before = fingerprint(self.picture)

    def __exit__(self, kind, *rest):
        if kind is None:
            seen = lambda: fingerprint(self.picture) != self.before  # noqa: E731
            until(self.picture.page, seen, "the picture stayed the same")


def slide(slider, *keys):
    """Press `keys` on a slider; the text it shows must change."""
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    for key in keys:
        slider.press(key)
    until(
        slider.page,
        lambda: slider.get_attribute("aria-valuetext") != before,
        f"slider {slider.get_attribute('aria-label')} stayed at {before}",
    )
    return slider.get_attribute("aria-valuetext")


def healthy(page, widget="widget"):
    """No callback of `widget` raised, no alert is shown, no script failed, nothing went abroad."""
    assert ask(page, f"[repr(p) for p in {widget}.problems]") == []
    assert page.get_by_role("alert").all_inner_texts() == []
    assert page.problems == []


def has_controls(panel, **names):
    """Exactly these controls are there, each with its role and name: none is unnamed or unknown."""
    wanted = sorted((role, name) for role, several in names.items() for name in several)
    until(
        panel.page, lambda: controls(panel) == wanted, f"{wanted} but found {controls(panel)}", 20
    )


def press(panel, name):
    """Press the button `name` by keyboard."""
    whole = re.compile(f"^{ICON}{re.escape(name)}$")
    panel.get_by_role("button", name=whole).press("Enter")


def run_cell(page, index=0):
    """Run one cell again, as Shift+Enter does."""
    page.evaluate(
        """async index => {
          jupyterapp.shell.currentWidget.content.activeCellIndex = index;
          await jupyterapp.commands.execute('notebook:run-cell');
        }""",
        index,
    )
