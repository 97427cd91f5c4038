"""Browser tests: an installed Chromium, a JupyterLab of our own, and notebooks opened in it.

Without playwright, JupyterLab or a browser these tests are skipped, with the reason; they fail
where NNBOOK_NEED_BROWSER=1 says that nothing may be missing.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest

from nnbook.slides.chromium import find_chromium, switches

pytest.register_assert_rewrite("lab_page")
ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token"
START_SECONDS = 120
START = "from nnbook import Network, load_mnist, widgets\ndigits = load_mnist(quiet=True)\n"
CELLS_SECONDS = 400  # for all cells of a notebook, on a machine that does much else


def _need(found, what):
    """Skip, or fail where NNBOOK_NEED_BROWSER=1, unless `what` was `found`."""
    if found:
        return
    if os.environ.get("NNBOOK_NEED_BROWSER") == "1":
        pytest.fail(f"{what}, but NNBOOK_NEED_BROWSER=1 asks for it", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="module")  # not wider: while it lives, asyncio.run() fails in other tests
def browser():
    """A headless Chromium driven by playwright."""
    _need(find_spec("playwright"), "playwright is not installed")
    path = find_chromium()
    _need(path, "no Chromium, Chrome or Edge on this machine")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=switches())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab_url(tmp_path_factory):
    """(address, folder): a JupyterLab with settings of its own that serves `folder`."""
    _need(find_spec("jupyterlab"), "JupyterLab is not installed")
    root, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("jupyter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own_folders = {
        name: str(home / name)
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    environment = os.environ | own_folders | {"PYTHONPATH": str(ROOT)}
    # No question about news over the page, and no look for updates on the internet.
    settings = home / "JUPYTERLAB_SETTINGS_DIR" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(
        json.dumps({"fetchNews": "false", "checkForUpdates": False})
    )
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]
    url, log_file = f"http://127.0.0.1:{port}", home / "lab.log"
    with open(log_file, "w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            _wait_for(server, f"{url}/api/status?token={TOKEN}", log_file)
            yield url, root
        finally:
            server.terminate()  # it ends its kernels, too
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(server, address, log_file):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("JupyterLab did not start:\n" + log_file.read_text()[-2000:])


# Lab's own promises; waiting until the page looks idle lost the run in 2 of 10.
READY = """async () => {
  const wait = ms => new Promise(done => setTimeout(done, ms));
  while (!window.jupyterapp?.shell?.currentWidget?.sessionContext) await wait(50);
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""
RUN_ALL = """async seconds => {
  const late = new Promise((_, fail) =>
    setTimeout(() => fail(new Error(`cells still run after ${seconds} s`)), 1000 * seconds));
  await Promise.race([jupyterapp.commands.execute('notebook:run-all-cells'), late]);
  return jupyterapp.shell.currentWidget.content.widgets
    .flatMap(cell => cell.model.type === 'code' ? cell.model.outputs.toJSON() : [])
    .filter(output => output.output_type === 'error')
    .map(output => output.ename + ': ' + output.evalue);
}"""


@pytest.fixture
def open_notebook(lab_url, browser):
    """A function: open a notebook (code cells, or a path) in Lab, run all cells, return the page.

    A path inside the served folder is opened where it is, any other is copied there. The page's
    `problems` lists script errors and requests to other machines; a cell that fails ends the test.
    """
    url, root = lab_url
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(60_000)

    def look_at(page, request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.hostname != "127.0.0.1":
            page.problems.append(f"request to another machine: {request.url[:120]}")

    def go(content, name="notebook.ipynb"):
        if isinstance(content, Path):
            text = content.read_text(encoding="utf8")
            inside = content.is_relative_to(root)
            name = content.relative_to(root).as_posix() if inside else content.name
        else:
            cells = [nbformat.v4.new_code_cell(source) for source in content]
            notebook = nbformat.v4.new_notebook(cells=cells)
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
            text = nbformat.writes(notebook)
        (root / name).write_text(text, encoding="utf8")
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: look_at(page, request))
        workspace = f"auto-{time.time_ns()}"
        page.goto(f"{url}/lab/workspaces/{workspace}/tree/{name}?token={TOKEN}&reset")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.evaluate(READY)
        failed = page.evaluate(RUN_ALL, CELLS_SECONDS)
        assert not failed, failed
        return page

    yield go
    context.close()
    with urllib.request.urlopen(f"{url}/api/sessions?token={TOKEN}") as answer:
        sessions = json.load(answer)
    for session in sessions:
        address = f"{url}/api/sessions/{session['id']}?token={TOKEN}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE")).close()


@pytest.fixture
def open_widget(open_notebook):
    """A function: (page, panel) of a notebook with one widget, in the variable `widget`."""

    def go(code):
        page = open_notebook([f"{START}widget = {code}\nwidget"])
        panel = page.locator(".nnbook-panel")
        panel.get_by_role("button").or_(panel.get_by_role("slider")).first.wait_for()
        assert panel.count() == 1
        return page, panel

    return go
