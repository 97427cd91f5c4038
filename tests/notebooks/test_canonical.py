"""Every committed chapter is in canonical form, and the form does what it promises."""

from __future__ import annotations

import nbformat
import pytest
from canonical import keep_outputs, normalise, problems
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from run_notebooks import CHAPTERS, check, rerun, to_text

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_chapter_is_canonical(path):
    assert not check(path), "\n".join(check(path))


def marked(cell, kind):
    cell.metadata["slideshow"] = {"slide_type": kind}
    return cell


def small():
    return new_notebook(
        metadata={"kernelspec": {"name": "mine", "display_name": "Mine"}, "widgets": {"state": 1}},
        cells=[
            marked(new_markdown_cell("# A question\n"), "slide"),
            marked(new_markdown_cell("**Say** hello"), "notes"),
            new_code_cell(
                "import random, sys  \nrandom.random()",
                metadata={"tags": ["nbval-ignore-output"], "collapsed": True},
            ),
            new_code_cell("1 + 1"),
        ],
    )


def test_two_runs_give_no_diff(tmp_path):
    path = tmp_path / "small.ipynb"
    path.write_text(nbformat.writes(small()), encoding="utf8")
    assert check(path)
    assert rerun(path, keep={"nbval-ignore-output"}) == (True, [])
    first = path.read_bytes()
    assert rerun(path, keep={"nbval-ignore-output"}) == (False, [])
    assert path.read_bytes() == first
    assert not check(path)
    assert rerun(path, keep=set())[0], "--fresh must renew the random number"


def test_random_ids_become_lasting_words_and_metadata_goes():
    notebook = normalise(small())
    assert [c.id for c in notebook.cells] == [
        "a-question",
        "say-hello",
        "import-random-sys-random",
        "1-1",
    ]
    assert "widgets" not in notebook.metadata
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[2].metadata == {"tags": ["nbval-ignore-output"]}
    assert notebook.cells[2].source.startswith("import random, sys\n")
    assert to_text(normalise(normalise(small()))) == to_text(notebook)


def test_same_words_get_different_ids():
    notebook = normalise(new_notebook(cells=[new_code_cell("x = 1"), new_code_cell("x = 1")]))
    assert [cell.id for cell in notebook.cells] == ["x-1", "x-1-2"]


def test_widget_views_go_and_the_still_with_its_words_stays():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "0"}}
    picture = new_output(
        "display_data",
        {**view, "image/png": "AAAA", "text/plain": "a pad"},
        metadata={"image/png": {"alt": "a pad"}, "other": 1},
    )
    cell = new_code_cell("pad", outputs=[picture, new_output("display_data", view)])
    normalise(new_notebook(cells=[cell]))
    (output,) = cell.outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.metadata == {"image/png": {"alt": "a pad"}}


def test_an_ignored_output_is_renewed_when_earlier_code_changed():
    def version(first, value):
        run = new_code_cell(
            "train()", execution_count=2, outputs=[new_output("stream", text=value)]
        )
        run.metadata["tags"] = ["nbval-ignore-output"]
        return new_notebook(cells=[new_code_cell(first, execution_count=1), run])

    same, changed = version("eta = 3", "new"), version("eta = 1", "new")
    keep_outputs(same, version("eta = 3", "old"), {"nbval-ignore-output"})
    keep_outputs(changed, version("eta = 3", "old"), {"nbval-ignore-output"})
    assert same.cells[1].outputs[0].text == "old"
    assert changed.cells[1].outputs[0].text == "new"


def test_what_is_printed_and_what_is_drawn_are_of_one_run():
    def version(number, picture):
        trained = new_code_cell(
            "train()", execution_count=1, outputs=[new_output("stream", text=number)]
        )
        trained.metadata["tags"] = ["nbval-ignore-output"]
        drawn = new_output("display_data", {"image/png": picture})
        return new_notebook(
            cells=[trained, new_code_cell("draw()", execution_count=2, outputs=[drawn])]
        )

    for picture, number in (("old", "95.30"), ("new", "94.99")):
        run = version("94.99", picture)
        keep_outputs(run, version("95.30", "old"), {"nbval-ignore-output"})
        assert run.cells[0].outputs[0].text == number


def problem_of(cell, size=100):
    cell.execution_count = cell.get("execution_count") or 1 if cell.cell_type == "code" else None
    if cell.cell_type != "code":
        del cell["execution_count"]
    slide = marked(new_markdown_cell("# Title"), "slide")
    note = marked(new_markdown_cell("**Say**"), "notes")
    return " ".join(problems(new_notebook(cells=[slide, note, cell]), size))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (new_code_cell("1 / 0", outputs=[new_output("error", ename="E", evalue="no")]), "an error"),
        (new_code_cell("x", outputs=[new_output("stream", name="stderr", text="W")]), "stderr"),
        (
            new_code_cell("x", outputs=[new_output("display_data", {"image/png": "A"})]),
            "alternative",
        ),
        (new_code_cell("x", metadata={"tags": ["widget"]}), "no still picture"),
        (new_code_cell("x", metadata={"tags": ["remove-input"]}), "unknown tag"),
        (new_code_cell("  "), "is empty"),
        (marked(new_markdown_cell("x"), "subslide"), "unknown slide type"),
        (marked(new_markdown_cell("x"), "slide"), "has 0 speaker notes"),
        (marked(new_markdown_cell("x"), "notes"), "has 2 speaker notes"),
    ],
)
def test_problems_are_found(cell, words):
    assert words in problem_of(cell)


def test_size_slides_and_unrun_cells_are_found():
    assert problem_of(new_markdown_cell("fine")) == ""
    assert "1,000,000 bytes" in problem_of(new_markdown_cell("x"), size=1_000_000)
    assert "no cell is marked" in " ".join(problems(new_notebook(), 1))
    assert "1 of 1 code cells were not run" in " ".join(
        problems(new_notebook(cells=[new_code_cell("x")]), 1)
    )
    assert "before the first slide" in " ".join(
        problems(new_notebook(cells=[new_markdown_cell()]), 1)
    )
