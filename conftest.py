"""pytest for the whole book: shapes are checked, chapters are run cell by cell, users' files rest.

Every chapter is executed by nbval and its outputs are compared with the committed ones, except
cells tagged `nbval-ignore-output` always and cells tagged `digits-output` on the built-in digits.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
SECONDS_PER_CELL = 120
sys.path.insert(0, str(ROOT / "tests" / "notebooks"))

# Shapes and types in the signatures of nnbook are checked at every call in this process (not in
# the notebooks' kernels). It must be switched on before nnbook is imported for the first time.
if find_spec("jaxtyping") and find_spec("beartype"):
    from jaxtyping import install_import_hook

    checker = "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"  # int is float
    install_import_hook("nnbook", checker)

from private_home import private_home  # noqa: E402

# Property tests draw the same examples every time: a change is judged by what it changes.
if find_spec("hypothesis"):
    from hypothesis import settings

    settings.register_profile("repeatable", derandomize=True, deadline=None)
    settings.load_profile("repeatable")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    home = private_home()
    home.__enter__()
    config.add_cleanup(lambda: home.__exit__(None, None, None))

    option = config.option
    if config.pluginmanager.hasplugin("nbval"):
        option.nbval = option.nbval or not option.nbval_lax
        option.nbval_current_env = option.nbval_kernel_name is None  # no kernelspec is needed
        option.nbval_cell_timeout = min(option.nbval_cell_timeout, SECONDS_PER_CELL)
        if option.nbval_sanitize_with is None:
            option.nbval_sanitize_with = str(ROOT / "tests" / "notebooks" / "sanitise.cfg")


@cache
def data_is_mnist() -> bool:
    import nnbook

    return bool(nnbook.load_mnist(quiet=True).is_mnist)


def pytest_runtest_setup(item: pytest.Item) -> None:
    cell = getattr(item, "cell", None)  # only nbval's items have one
    if cell is not None and "digits-output" in cell.metadata.get("tags", []):
        item.options["check"] = item.options["check"] and data_is_mnist()


def pytest_report_header(config: pytest.Config) -> list[str]:
    shapes = (
        "checked" if "beartype" in sys.modules else "not checked (jaxtyping or beartype missing)"
    )
    chapters = "run by nbval" if config.pluginmanager.hasplugin("nbval") else "not run: no nbval"
    return [f"nnbook: data {os.environ['NNBOOK_DATA']}, shapes {shapes}, chapters {chapters}"]


@pytest.fixture
def plain_arguments():
    """Switches the shape checks off, so that nnbook's own message about an argument is seen."""
    try:
        from jaxtyping import config
    except ImportError:
        yield
        return
    before = config.jaxtyping_disable
    config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", before)
