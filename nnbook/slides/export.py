"""A notebook in, one self-contained deck out, with reveal.js and MathJax from PyPI packages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import nbformat
import nbformat.reader
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from traitlets.config import Config

from nnbook.slides.deck import ALL_MINUTES

TEMPLATES = Path(__file__).parent / "templates"
# Where the deck's JavaScript is: package on PyPI, its folder inside, what it carries.
CARRIERS = {
    "sphinx-revealjs": ("sphinx_revealjs", "_static/revealjs"),
    "sphinx-mathjax-offline": ("sphinx-mathjax-offline", "static/mathjax"),
}


class MissingPackage(RuntimeError):
    """A package whose files go into each deck is not installed."""


def carried_files() -> list[str]:
    """The folders of reveal.js and MathJax; MissingPackage names what to install."""
    folders = []
    for package, (module, inside) in CARRIERS.items():
        found = find_spec(module)
        roots = list(found.submodule_search_locations or []) if found else []
        folder = Path(roots[0], inside) if roots else None
        if folder is None or not folder.is_dir():
            raise MissingPackage(
                f"Slides need the package {package}. Install it: python -m pip install {package}"
            )
        folders.append(str(folder))
    return folders


def configuration(minutes: int = ALL_MINUTES) -> Config:
    """nbconvert's settings for our decks, the same for our command and for `jupyter nbconvert`."""
    settings = Config()
    settings.NbConvertApp.export_format = "slides"
    settings.FilesWriter.build_directory = "build/slides"
    settings.TemplateExporter.extra_template_basedirs = [str(TEMPLATES)]
    settings.TemplateExporter.extra_template_paths = carried_files()
    settings.SlidesExporter.template_name = "nnbook"
    settings.SlidesExporter.embed_images = True
    settings.SlidesExporter.exclude_input_prompt = True
    settings.SlidesExporter.exclude_output_prompt = True
    settings.SlidesExporter.exclude_anchor_links = True
    settings.TagRemovePreprocessor.enabled = True
    settings.TagRemovePreprocessor.remove_input_tags = {"remove_input"}
    settings.Deck.minutes = minutes
    return settings


def read_notebook(path: Path) -> NotebookNode:
    """The notebook at `path`; ValueError if it is none."""
    try:
        return nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not a notebook that can be read.") from error


def build_deck(path: Path, minutes: int = ALL_MINUTES) -> str:
    """The HTML of a notebook's deck; ValueError if it has no slides or cannot be read."""
    exporter = SlidesExporter(config=configuration(minutes))
    resources = {"metadata": {"name": path.stem, "path": str(path.parent)}}
    html, _ = exporter.from_notebook_node(read_notebook(path), resources)
    return str(html)
