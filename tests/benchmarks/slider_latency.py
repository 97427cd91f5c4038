"""Key press on a slider → new pixels, in milliseconds, for each widget (run by hand).

    python tests/benchmarks/slider_latency.py [WIDGET ...] [--pause 200]

Starts JupyterLab with its own settings folder, opens each widget in Chromium, presses an arrow
key 40 times, and times from the key event to the first frame after the new picture is decoded.
The goal is a median under 50 and a 95th percentile under 80 (learning curves, which are SVG: 25),
on a machine that does nothing else;
a press that leaves the picture as it was, such as a step finer than a pixel, is not timed;
the first row, a slider that changes one dot, shows how busy the machine is (17 when it is quiet).
`--pause` is the time between a new picture and the next press, in milliseconds: 200 is a person
who taps, 60 a key held down (the stock server then adds up to 45 now and then).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

MOVES = 40
UNCHANGED = 1000  # so many milliseconds without a new picture: there will be none
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
# A slider that changes one dot: what the browser, the server and the machine's load take.
FLOOR = """import ipywidgets as W
from io import BytesIO
from PIL import Image
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import NamedImage
slider, image = W.FloatSlider(description="nothing", min=-5, max=5), NamedImage(tooltip="A dot.")
def change(_):
    file = BytesIO()
    Image.new("L", (2, 2), int(25 * slider.value + 126)).save(file, "png")
    image.value = file.getvalue()
slider.observe(change, "value")
change(None)
class Dot(Panel):
    def still(self): return bytes(image.value)
Dot([slider, image], words="A dot.")"""
# The lab's learning curves, redrawn by a slider as they are redrawn by training.
CURVES = """import ipywidgets as W
from nnbook.explore.runs import Curve
from nnbook.widgets.curves import chart
from nnbook.widgets.panel import Panel
slider, box = W.FloatSlider(description="height", min=-5, max=5), W.HTML()
epochs = [k / 10 for k in range(300)]
def change(_):
    y = [0.9 + slider.value / 100 - 0.5 / (1 + x) for x in epochs]
    kinds = ("mini-batches", "training", "validation")
    curves = [Curve(kind, 1, epochs, [v - 0.02 * k for v in y]) for k, kind in enumerate(kinds)]
    box.value = chart(curves, title="Cost", epochs=30, words="Three curves.")
slider.observe(change, "value")
change(None)
class Curves(Panel):
    def still(self): return b""
Curves([slider, box], words="Three curves.")"""
# A network with dropout, not trained: its hidden neurons are as many.
MASKS = """from nnbook import CrossEntropy, Dropout, Network
network = Network([784, 100, Dropout(0.5), 10], cost=CrossEntropy())
widgets.dropout_masks(network)"""
SEARCH = """explorer = widgets.search_explorer()
explorer.trials.value = 25
explorer"""
# At the last step: the whole network and the table of the check are drawn anew.
STEPPER = """from nnbook.widgets.stepper import StepperWidget
widget = StepperWidget()
widget.last.click()
widget"""
# From 30 neurons ten presses lead down and up again.
OWN_ACTIVATION = """widget = widgets.own_activation()
widget.neurons.value = 30
widget"""
# Networks that are not trained: they cost as much.
FOOL = """from nnbook import Dense, LogLikelihood, Network, softmax
widgets.fool(Network([784, 100, Dense(10, softmax)], cost=LogLikelihood()))"""
DREAMS = """from nnbook.models import RBM
widgets.rbm_dreams(RBM(784, 100))"""
SLIDERS = [
    ("(floor)", FLOOR, "nothing"),
    ("perceptron", "widgets.perceptron()", "weight w₁"),
    ("sigmoid", "widgets.sigmoid()", "weight w"),
    ("learning curves", CURVES, "height"),
    ("gradient descent", "widgets.gradient_descent()", "start v₁"),
    ("stepper", STEPPER, "its value"),
    ("one neuron", "widgets.one_neuron()", "weight w"),
    ("softmax", "widgets.softmax()", "z₁"),
    ("cost landscape", "widgets.cost_landscape()", "output a"),
    ("optimizer race", "widgets.optimizer_race()", "steps shown"),
    ("learning rates", "widgets.learning_rates()", "look at η"),
    ("search explorer", SEARCH, "trials shown"),
    ("activations", "widgets.activations()", "one neuron's z"),
    ("polynomial fit", "widgets.polynomial()", "penalty λ"),
    ("dropout masks", MASKS, "mask number"),
    ("distort a digit", "widgets.distort()", "strength"),
    ("distribution of z", "widgets.weighted_inputs()", "share that is 1"),
    ("step builder", "widgets.step_builder()", "weight w"),
    ("bump builder", "widgets.bump_builder()", "first step s₁"),
    ("design a function", "widgets.design_function()", "height h₁"),
    ("tower builder", "widgets.tower_builder(4)", "turn the view"),
    ("own activation", OWN_ACTIVATION, "hidden neurons"),
    ("chain of neurons", "widgets.chain_of_neurons()", "weight w₂"),
    ("speeds of layers", "widgets.layer_speeds()", "hidden layers"),
    ("memory", "widgets.memory()", "recurrent W_h ×"),
    ("dreams", DREAMS, "Gibbs steps"),
    ("fool the network", FOOL, "steps"),
]
READY = """async () => {
  const sleep = ms => new Promise(done => setTimeout(done, ms));
  while (!window.jupyterapp?.shell?.currentWidget?.sessionContext) await sleep(50);
  const notebook = jupyterapp.shell.currentWidget;
  await notebook.context.ready;
  await notebook.sessionContext.ready;
  await notebook.sessionContext.session.kernel.info;
}"""
# The clock starts at the key event and stops in the frame that paints the decoded picture.
WATCH = """() => {
  window.times = [];
  const image = document.querySelector(".nnbook-panel img.widget-image");
  const target = image ?? document.querySelector(".nnbook-panel svg").closest(".widget-html");
  let pressed = null;
  document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(async () => {
    if (pressed === null) return;
    const start = pressed;
    pressed = null;
    if (image) await image.decode();
    requestAnimationFrame(() => window.times.push(performance.now() - start));
  }).observe(target, {
    attributes: true, attributeFilter: ["src"], childList: true, subtree: true,
  });
}"""


@contextlib.contextmanager
def jupyterlab() -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab of our own, and the folder it serves."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "notebooks")
        root.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        kinds = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
        env = {**os.environ, **{f"JUPYTER_{kind}": f"{folder}/{kind}" for kind in kinds}}
        env |= {f"JUPYTERLAB_{kind}_DIR": f"{folder}/{kind}" for kind in ("SETTINGS", "WORKSPACES")}
        options = [
            *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={port}", "--IdentityProvider.token=t"),
            *(f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"),
        ]
        with open(Path(folder, "log"), "w") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log, env=env
            )
            try:
                address = f"http://127.0.0.1:{port}"
                for _ in range(300):
                    with contextlib.suppress(OSError):
                        urllib.request.urlopen(f"{address}/api/status?token=t", timeout=1)
                        break
                    time.sleep(0.1)
                yield address, root
            finally:
                server.terminate()
                server.wait(15)


def measure(
    browser: Any, address: str, root: Path, code: str, slider: str, pause: int
) -> list[float]:
    """The times of `MOVES` key presses on the slider named `slider`, those with a new picture."""
    from playwright.sync_api import TimeoutError as PlaywrightTimeout

    name = f"{time.time_ns()}.ipynb"
    cell = nbformat.v4.new_code_cell(f"from nnbook import widgets\n{code}")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, root / name)
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.goto(f"{address}/lab/workspaces/auto-{time.time_ns()}/tree/{name}?token=t&reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.evaluate(READY)
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    handle = page.get_by_role("slider", name=slider, exact=True)
    handle.focus()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    for move in range(MOVES):
        before = page.evaluate("() => window.times.length")
        page.keyboard.press("ArrowLeft" if move % 20 < 10 else "ArrowRight")
        with contextlib.suppress(PlaywrightTimeout):
            page.wait_for_function(f"() => window.times.length > {before}", timeout=UNCHANGED)
        page.wait_for_timeout(pause)
    times: list[float] = page.evaluate("() => window.times")
    page.close()
    return times


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("widgets", nargs="*", metavar="WIDGET", help="only these")
    parser.add_argument("--pause", type=int, default=200)
    options = parser.parse_args()
    known = [widget for widget, _, _ in SLIDERS]
    if unknown := set(options.widgets) - set(known):
        parser.error(f"no widget {', '.join(unknown)}; there are: {', '.join(known)}")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((found for name in names if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit("No Chromium or Chrome is installed: nothing to measure with.")
    print(f"{'widget':20}{'slider':14}{'median ms':>10}{'p95 ms':>8}{'slowest':>9}")
    with jupyterlab() as (address, root), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for widget, code, slider in SLIDERS:
            if options.widgets and widget not in options.widgets:
                continue
            times = sorted(measure(browser, address, root, code, slider, options.pause))
            if not times:
                print(f"{widget:20}{slider:14}   no press changed the picture", flush=True)
                continue
            median, p95 = statistics.median(times), times[int(0.95 * len(times)) - 1]
            print(f"{widget:20}{slider:14}{median:10.0f}{p95:8.0f}{times[-1]:9.0f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
