"""Uses an installed nnbook as a reader would, outside the checkout: python try_wheel.py

Run it with the Python of an environment where only the wheel is installed, from any folder that is
not the checkout. It prints a line for each thing that works and ends at the first that does not.
"""

from __future__ import annotations

import base64
import os
import sysconfig
from importlib import resources
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def done(words):
    print(f"✓ {words}", flush=True)


def installed():
    """nnbook comes from the environment's own packages, not from the checkout."""
    import nnbook

    home = Path(nnbook.__file__).resolve()
    assert not home.is_relative_to(CHECKOUT), f"nnbook comes from the checkout: {home}"
    places = [Path(sysconfig.get_path(kind)).resolve() for kind in ("purelib", "platlib")]
    assert any(home.is_relative_to(place) for place in places), f"not installed: {home}"
    done(f"nnbook {nnbook.__version__} is installed")


def files():
    """Scripts, styles, tables, templates and texts came along: no import would miss them."""
    sources, here = CHECKOUT / "nnbook", resources.files("nnbook")
    names = [path.relative_to(sources) for path in sources.rglob("*") if path.is_file()]
    names = [name for name in names if "__pycache__" not in name.parts]
    missing = [str(name) for name in names if not here.joinpath(*name.parts).is_file()]
    assert not missing, f"in the checkout but not installed: {missing}"
    others = [name for name in names if name.suffix != ".py"]
    assert {".js", ".css", ".csv", ".md", ".j2"} <= {name.suffix for name in others}
    done(f"all {len(names)} files of the package, {len(others)} of them not Python")


def learning():
    """A short training on the built-in digits learns something; gives the network and the data."""
    from nnbook import SGD, Network, builtin_digits, fit

    digits = builtin_digits()
    network = Network([784, 30, 10], rng=0)
    before = network.accuracy(digits.test)
    fit(
        network,
        digits.training,
        epochs=5,
        batch_size=10,
        optimizer=SGD(3.0),
        rng=0,
        progress=False,
    )
    after = network.accuracy(digits.test)
    assert after > before + 0.2, f"accuracy {before:.1%} before, {after:.1%} after five epochs"
    done(f"training on {digits.name}: accuracy {before:.1%} before, {after:.1%} after five epochs")
    return network, digits


def all_widgets(network, digits):
    """Each widget can be made and leaves a picture with words."""
    from nnbook import widgets

    for name, widget in (
        ("perceptron", widgets.perceptron()),
        ("sigmoid", widgets.sigmoid()),
        ("gradient_descent", widgets.gradient_descent()),
        ("lab", widgets.lab(data=digits)),
        ("pad", widgets.pad(network, data=digits)),
    ):
        data, _ = widget._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in data, name
        assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG"), name
        assert data["text/plain"].strip() and widget.problems == [], name
        done(f"widgets.{name}: {data['text/plain'].split(':')[0]}")


def an_exercise():
    """An exercise shows its statement, a hint and a solution, and judges an answer."""
    from nnbook import exercise

    one = exercise("1.1")
    assert len(one._repr_markdown_()) > 100
    assert one.hint()._repr_markdown_() and one.solution()._repr_markdown_()
    assert not one.solved and repr(one.check(None))
    done(f"{one!r}, with hint, solution and check")


def words_and_numbers():
    """The glossary and the table of published results can be read."""
    from nnbook import glossary, published

    table = glossary.table(chapter=1)
    assert "perceptron" in table._repr_html_().lower()
    done(f"glossary: {len(glossary.terms())} terms, {len(table.rows)} of them for chapter 01")
    done(f"published results: {published.row('1.1')!r:.70}")


def main():
    assert not Path.cwd().resolve().is_relative_to(CHECKOUT), "run this outside the checkout"
    os.environ.setdefault("NNBOOK_DATA", "builtin")
    installed()
    files()
    network, digits = learning()
    all_widgets(network, digits)
    an_exercise()
    words_and_numbers()


if __name__ == "__main__":
    main()
