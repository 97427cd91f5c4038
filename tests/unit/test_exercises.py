"""The exercises' engine: lookup, hints, results, endless loops, progress in the user's folder."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from nnbook.exercises import State, attempt, catalogue, exercise, progress, record, text
from nnbook.exercises.answer import difference
from nnbook.exercises.judge import Result


@pytest.fixture(autouse=True)
def fresh_session(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    catalogue.in_chapter.cache_clear()
    yield
    catalogue.in_chapter.cache_clear()


def solve(number):
    one = exercise(number)
    return one.check(one.words.answer(one.words.code))


# lookup and display


def test_an_exercise_shows_its_statement():
    one = exercise("1.3")
    assert repr(one) == "Exercise 1.3: A NAND gate"
    assert one._repr_markdown_().startswith("**Exercise 1.3: A NAND gate**\n\nA NAND gate outputs")
    assert "## " not in one._repr_markdown_()


def test_the_public_name_is_the_same_function():
    import nnbook

    assert nnbook.exercise is exercise


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("1.99", "Chapter 01 has 1.1 to 1.12"),
        ("77.1", "the chapters with exercises are 00, 01, 02"),
        ("perceptron", 'must look like "1.3"'),
        ("", 'must look like "1.3"'),
    ],
)
def test_an_unknown_number_is_told_what_there_is(number, message):
    with pytest.raises(ValueError, match=message):
        exercise(number)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("number", [1.3, 1, None])
def test_a_number_that_is_no_text(number):
    with pytest.raises(TypeError, match=r"number must be a text such as .*, in quotes"):
        exercise(number)


def test_hints_come_one_by_one_and_end_with_the_solution():
    one = exercise("1.3")
    first = repr(one.hint())
    assert "Hint 1 of 3" in first and "Hint 2 of 3" not in first
    assert "Hint 2 of 3" in repr(exercise("1.3").hint())
    last = repr(one.hint())
    assert 'exercise("1.3").solution()' in last
    assert repr(one.hint()) == last
    assert "```python\nw = [-1, -1]" in one.solution()._repr_markdown_()


def test_not_attempted_is_the_same_every_time():
    assert repr(exercise("1.2").check(...)) == "Exercise 1.2: not attempted yet"


def test_a_result_shows_code_and_escapes_what_the_reader_wrote():
    result = Result("1.1", State.ERROR, "`f` raised ValueError: <script>alert(1)</script>")
    assert "<code>f</code>" in result._repr_html_()
    assert "<script>" not in result._repr_html_()
    assert repr(result).startswith("Exercise 1.1: an error was raised. `f` raised")


def test_every_state_looks_different():
    shown = {Result("1.1", state)._repr_html_() for state in State}
    assert len(shown) == len(State)


def test_a_chapter_file_with_an_unknown_section_is_refused():
    with pytest.raises(ValueError, match="section 'Hnit'"):
        text.read_exercise("1.1 Title\n\nStatement\n\n## Hnit\n\nText\n")


# the reader's code


def test_an_endless_loop_is_stopped(monkeypatch):
    monkeypatch.setattr(attempt, "SECONDS", 0.2)

    def endless(w, b, x):
        while True:
            try:
                x[0] = w[0]
            except Exception:
                continue

    before = sys.gettrace()
    result = exercise("1.1").check(endless)
    assert sys.gettrace() is before
    assert result.state is State.ERROR
    assert "never ends" in result.message and "in line" in result.message


def test_the_first_error_of_a_deep_call_names_the_readers_own_line():
    def broken(w, b, x):
        return np.dot([1, 2], [1, 2, 3])

    result = exercise("1.1").check(broken)
    assert "`return np.dot([1, 2], [1, 2, 3])`" in result.message


def test_wrong_number_of_arguments():
    result = exercise("1.1").check(lambda w, x: 1)
    assert result.state is State.WRONG
    assert "`perceptron` is called with 3 arguments, `perceptron(w, b, x)`" in result.message
    assert "(w, x)" in result.message


def test_defaults_and_methods_are_fine():
    class Right:
        def perceptron(self, w, b, x, more=0):
            return np.dot(w, x) + b > 0

    assert exercise("1.1").check(Right().perceptron).right


def test_the_result_of_a_call_instead_of_the_function():
    result = exercise("1.1").check(1)
    assert result.state is State.WRONG
    assert "`check(perceptron)`" in result.message


def test_a_branch_without_return_is_wrong():
    def half(w, b, x):
        if np.dot(w, x) + b > 0:
            return 1

    assert exercise("1.1").check(half).state is State.WRONG

    def other_half(w, b, x):
        if np.dot(w, x) + b <= 0:
            return 0

    assert exercise("1.1").check(other_half).state is State.WRONG


def test_keyboard_interrupt_passes_through():
    def interrupted(w, b, x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercise("1.1").check(interrupted)


@pytest.mark.parametrize(
    ("got", "expected", "message"),
    [
        ([1, 2], np.array([1, 2]), None),
        ((1, [2, 3]), (1.0, np.array([2, 3])), None),
        (np.float32(0.1), 0.1, None),
        ([[0.5]], 0.5, None),
        (True, 1, None),
        ([1, 2, 3], np.array([1, 2]), "has the shape (3,), but the shape (2,) is asked"),
        ([[1], [2]], np.array([1, 2]), "has the shape (2, 1)"),
        ([1, 2], 3.0, "has the shape (2,), but a single number is asked for"),
        (3.0, np.array([1, 2]), "is a single number, but the shape (2,) is asked for"),
        (2, 3, "is 2, but should be 3"),
        (float("nan"), 3, "is nan, but should be 3"),
        ("3", 3, "is the text '3', not a number"),
        ((1, 2, 3), (1, 2), "has 3 parts, but 2 are asked"),
        ((1, 5), (1, 2), "in part 2 is 5, but should be 2"),
        ("No", "no", None),
        (1j, 1, "not a number"),
    ],
)
def test_differences_in_words(got, expected, message):
    found = difference(got, expected)
    assert (found is None) == (message is None)
    assert message is None or message in found


# progress


def test_progress_is_kept_in_the_users_folder(tmp_path):
    assert solve("1.2").right
    assert solve("1.10").right
    kept = json.loads((tmp_path / "user" / "progress.json").read_text())
    assert kept == {"solved": ["1.2", "1.10"]}
    assert [path.name for path in (tmp_path / "user").iterdir()] == ["progress.json"]
    catalogue.in_chapter.cache_clear()  # as in a new session
    row = next(row for row in progress().rows if row[0] == "01")
    assert row[1] == "2 of 11" and row[2] == "1.2, 1.10"
    assert "1.12" not in row[3]  # for discussion
    assert "not counted: 1.12, 2.11" in progress().note


def test_a_wrong_answer_is_no_progress():
    exercise("1.2").check([1, 2, 3, 4])
    assert record.solved() == set()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"solved": 3}', '{"solved": [1]}', "\x00"])
def test_a_damaged_file_is_put_aside(tmp_path, content):
    record.path().parent.mkdir(parents=True)
    record.path().write_text(content)
    assert len(progress().rows) == len(catalogue.ids())
    assert solve("1.2").right
    assert record.solved() == {"1.2"}
    if content != '{"solved": [1]}':
        assert (tmp_path / "user" / "progress.damaged.json").read_text() == content


def test_a_folder_that_cannot_be_written_costs_only_the_saving(tmp_path):
    (tmp_path / "user").write_text("a file where the folder should be")
    assert solve("1.2").right
    shown = progress()
    assert "1.2" in shown.rows[1][2]
    assert "could not be saved" in shown.note
    assert "could not be saved" in shown._repr_html_()


def test_a_full_disk_leaves_the_old_record(tmp_path, monkeypatch):
    assert solve("1.2").right

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert solve("1.10").right
    assert record.solved() == {"1.2"}
    assert [path.name for path in (tmp_path / "user").iterdir()] == ["progress.json"]
