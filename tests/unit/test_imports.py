"""Imports in nnbook go downwards only, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "nnbook"

# A module may import what stands in a line above its own, and nothing of its own line but itself.
ORDER = (
    (
        "notation",
        "checks",
        "folders",
        "files",
        "environment",
        "events",
        "texttable",
        "pinyin",
        "progress",
        "claims",
    ),
    (
        "activations",
        "blas",
        "parallel",
        "initializers",
        "regularizers",
        "stopping",
        "data",
        "glossary",
        "sections",
    ),
    ("places",),
    ("index",),
    ("optimizers", "costs", "layers", "history", "schedules", "npz"),
    ("door",),
    ("network",),
    ("network3",),
    ("gradient_check", "newton", "storage", "derivations", "ensembles"),
    ("training",),
    ("checkpoint", "models"),
    ("fitting",),
    ("search", "baselines", "published"),
    ("experiments",),
    ("reproduce", "cures"),
    ("plots", "explore"),
    ("exercises", "widgets"),
    ("__main__", "doctor"),
)
ALONE = {
    "naive": {"notation", "checks"},
    "naive_convolution": set(),
    "slides": {"checks", "folders"},
}
HOMES = {  # library: the parts of nnbook that may import it
    "ipywidgets": {"widgets"},
    "anywidget": {"widgets"},
    "matplotlib": {"plots", "widgets", "doctor"},  # doctor looks for its fonts
}
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def part_of(path: Path) -> str:
    """The part of nnbook that a file belongs to: layers for layers/dense.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(source: str, package: str = "nnbook"):
    """All (module, name) a source imports, wherever the import stands; no name for a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                parts = package.split(".")
                module = ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [module])])
            yield from ((module, alias.name) for alias in node.names)


def parts_imported(source: str, package: str = "nnbook"):
    """The parts of nnbook a source imports; '' for a public name taken from nnbook itself."""
    known = {part_of(path) for path in PACKAGE.rglob("*.py")}
    for module, name in imports(source, package):
        if module.split(".")[0] != "nnbook":
            continue
        steps = [*module.split(".")[1:], name]
        if steps[0] in known:
            yield steps[0]
        elif steps[0] not in ("", "__version__"):
            yield ""


def offences(part: str, source: str, package: str = "nnbook"):
    for other in parts_imported(source, package):
        if other == part:
            continue
        if other == "":  # the public names come from below exercises and widgets
            if RANK.get(part, 0) >= RANK["exercises"]:
                continue
            yield "takes a public name from nnbook: import it from the module that defines it"
        elif part in ALONE:
            if other not in ALONE[part]:
                yield f"{part} stands alone, but imports {other}"
        elif part == "__main__":
            continue
        elif part == "plots" and other in ("network", "training"):
            yield f"plots sees arrays and histories, but imports {other}"
        elif (part, other) == ("experiments", "naive"):
            continue  # row 2.1 of the book's table measures against the loop
        elif other in ALONE or RANK[other] >= RANK[part]:
            yield f"{part} imports {other}, which does not stand below it"
    for module, _ in imports(source, package):
        library = module.split(".")[0]
        if part not in HOMES.get(library, {part}):
            yield f"{part} imports {library}"


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(PACKAGE)) for p in FILES])
def test_imports_go_downwards(path):
    part = part_of(path)
    assert part in RANK or part in ALONE, f"{part} has no place in the order: give it one"
    package = ".".join(["nnbook", *path.relative_to(PACKAGE).parent.parts])
    assert not list(offences(part, path.read_text(encoding="utf8"), package))


@pytest.mark.parametrize("path", sorted((PACKAGE / "widgets").glob("*.py")), ids=lambda p: p.name)
def test_widgets_do_not_use_output_or_interact(path):
    """Both hang notebooks that are run without a browser, and swallow errors."""
    tree = ast.parse(path.read_text(encoding="utf8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {name for module, name in imports(ast.unparse(tree)) if module == "ipywidgets"}
    assert not used & {"Output", "interact", "interactive", "interactive_output"}


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("network", "from nnbook.training import train"),
        ("layers", "def late():\n    from nnbook import network"),
        ("costs", "from nnbook.layers.dense import Dense"),
        ("plots", "from nnbook.training import fit"),
        ("naive", "from nnbook.activations import sigmoid"),
        ("slides", "from nnbook import plots"),
        ("plots", "import nnbook.slides.png"),
        ("data", "from nnbook import Network"),
        ("explore", "import ipywidgets as w"),
        ("history", "from matplotlib.figure import Figure"),
        ("layers", "from ..network import Network"),
    ],
)
def test_upward_imports_are_found(part, source):
    package = "nnbook.layers" if ".." in source else "nnbook"
    assert list(offences(part, source, package))


def test_no_module_of_the_widgets_hides_a_function() -> None:
    """Importing nnbook.widgets.pad would put the module in the place of the function pad."""
    from nnbook import widgets

    modules = {path.stem for path in (PACKAGE / "widgets").glob("*.py")}
    assert not modules & set(widgets.__all__)
