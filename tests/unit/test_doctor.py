"""python -m nnbook doctor: each check finds what is wrong and says what to do."""

import argparse
import importlib.metadata as metadata
import json
import os
import shutil
import sys
from collections import namedtuple

import pytest

from nnbook import doctor
from nnbook.data import builtin_digits

NOTHING = argparse.Namespace()


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def pretend(monkeypatch, **versions):
    """Other versions of some packages; None for one that is missing."""
    real = metadata.version

    def version(name):
        if name not in versions:
            return real(name)
        if versions[name] is None:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(metadata, "version", version)


def test_a_reader_can_study_here(monkeypatch, capsys):
    monkeypatch.setenv("NNBOOK_DATA", "builtin")
    assert doctor.run(NOTHING) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "You can study here."
    results = [line for line in lines[:-1] if not line.startswith(" ")]
    assert [line.split()[1] for line in results] == list(doctor.CHECKS)
    assert {line[0] for line in results} <= {"✓", "!"}


def test_one_problem_makes_it_fail(monkeypatch, capsys):
    monkeypatch.setattr(
        doctor,
        "CHECKS",
        {
            "Good": lambda: doctor.Result("fine", "well"),
            "Bad": lambda: doctor.Result("problem", "broken", "mend it"),
            "Worse": lambda: 1 / 0,
        },
    )
    assert doctor.run(NOTHING) == 1
    shown = capsys.readouterr().out
    assert "✓ Good" in shown and "✗ Bad" in shown and "→ mend it" in shown
    assert "✗ Worse" in shown and "ZeroDivisionError: division by zero" in shown
    assert shown.endswith("First mend what is marked with ✗.\n")


def test_an_old_python(monkeypatch):
    assert doctor.python().state == "fine"
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    result = doctor.python()
    assert result.state == "problem" and "3.11 or newer" in result.advice


def test_packages(monkeypatch):
    result = doctor.packages()
    assert result.state == "fine" and f"numpy {metadata.version('numpy')}" in result.text
    pretend(monkeypatch, mnist=None, scipy="1.2.0")
    result = doctor.packages()
    assert result.state == "problem" and "requirements.txt" in result.advice
    assert "mnist is missing" in result.text and "scipy 1.2.0 does not fit >=1." in result.text
    assert "pytest" not in result.text  # not needed by a reader


def test_nnbook_not_installed(monkeypatch):
    def requires(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", requires)
    assert doctor.packages().text == "nnbook itself is not installed"


@pytest.mark.parametrize(
    ("name", "version"),
    [("ipywidgets", "7.8.1"), ("jupyterlab_widgets", "1.1.0"), ("jupyterlab", None)],
)
def test_widgets_that_do_not_match(name, version, monkeypatch):
    assert doctor.widgets().state == "fine"
    pretend(monkeypatch, **{name: version})
    result = doctor.widgets()
    assert result.state == "problem" and f"{name} should be" in result.text


def test_a_lab_that_does_not_find_the_widgets(monkeypatch, tmp_path):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *parts: [str(tmp_path)])
    result = doctor.widgets()
    assert result.state == "problem" and "does not find @jupyter-widgets" in result.text


def kernelspec(monkeypatch, tmp_path, command):
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [command, "-m", "ipykernel"], "display_name": "x", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def test_the_kernel(monkeypatch, tmp_path):
    assert doctor.kernel().state == "fine"
    other = tmp_path / "bin" / "python"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    kernelspec(monkeypatch, tmp_path, str(other))
    result = doctor.kernel()
    assert result.state == "note" and str(other) in result.text
    other.unlink()
    result = doctor.kernel()
    assert result.state == "problem" and "which is not there" in result.text


def test_data(monkeypatch, tmp_path, home):
    monkeypatch.setenv("NNBOOK_DATA", "builtin")
    result = doctor.data()
    assert result.state == "note" and "1,797 built-in digits" in result.text
    monkeypatch.setenv("NNBOOK_DATA", str(tmp_path / "nowhere"))
    result = doctor.data()
    assert result.state == "note" and "there is no such folder" in result.text
    monkeypatch.delenv("NNBOOK_DATA")
    result = doctor.data()
    assert result.state == "note" and "python -m nnbook data" in result.advice
    assert not home.exists()  # the doctor looks, and fetches nothing


def test_data_that_is_there(monkeypatch):
    from nnbook.data.mnist import named_folder

    wanted = os.environ.get("NNBOOK_DATA", "builtin")
    if named_folder(wanted)[0] is None:
        pytest.skip("no MNIST in NNBOOK_DATA")
    assert doctor.data().state == "fine"


def test_digits_that_cannot_be_had_at_all(monkeypatch):
    monkeypatch.setattr("sklearn.datasets.load_digits", lambda: 1 / 0)
    builtin_digits.cache_clear()
    assert doctor.examine(doctor.data).state == "problem"


def test_folders(monkeypatch, home):
    result = doctor.folders()
    assert result.state == "fine" and not home.exists()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(10**9, 10**9, 5_000_000))
    assert "only 5 MB left" in doctor.folders().text
    home.write_text("in the way")
    result = doctor.folders()
    assert result.state == "note" and "cannot be written" in result.text
    assert "NNBOOK_HOME" in result.advice


def test_processors(monkeypatch):
    result = doctor.processors()
    assert result.state in {"fine", "note"} and "cores" in result.text
    library = {"user_api": "blas", "internal_api": "openblas", "num_threads": 10_000}
    monkeypatch.setattr("threadpoolctl.threadpool_info", lambda: [library])
    result = doctor.processors()
    assert result.state == "note" and "OPENBLAS_NUM_THREADS" in result.advice


def test_browser(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "INSTALLED_BROWSERS", (str(tmp_path / "chrome.exe"),))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doctor.browser().state == "note"
    (tmp_path / "chrome.exe").write_text("")
    assert doctor.browser() == doctor.Result("fine", str(tmp_path / "chrome.exe"))


@pytest.mark.parametrize("answer", ["", "Noto Sans CJK SC,Noto Sans CJK\n"])
def test_fonts_by_fc_list(answer, monkeypatch, tmp_path):
    if os.name == "nt":
        pytest.skip("there is no fc-list on Windows")
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\nprintf '{answer}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    result = doctor.fonts()
    if answer:
        assert result == doctor.Result("fine", "Chinese: Noto Sans CJK SC")
    else:
        assert result.state == "note" and "fonts-noto-cjk" in result.advice


@pytest.mark.parametrize(("name", "state"), [("DejaVu Sans", "note"), ("SimHei", "fine")])
def test_fonts_by_matplotlib(name, state, monkeypatch, tmp_path):
    from matplotlib import font_manager

    monkeypatch.setenv("PATH", str(tmp_path))
    font = namedtuple("Font", "name")(name)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [font])
    assert doctor.fonts().state == state
