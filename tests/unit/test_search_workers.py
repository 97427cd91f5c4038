"""A search that is interrupted, resumed, and shared by several processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import optuna
import pytest

from nnbook.search import Between, Study, Whole, search

ROOT = Path(__file__).resolve().parents[2]
SPACE = {"x": Between(-1, 1), "m": Whole(1, 100, log=True)}
SAMPLERS = ("grid", "random", "bayesian")


def objective(setting, report):
    for epoch in range(1, 4):
        report(epoch, epoch * (2 - setting["x"] ** 2) / setting["m"])
    return 3 * (2 - setting["x"] ** 2) / setting["m"]


def run(storage, n_trials=8, what=objective, **more):
    return search(what, SPACE, n_trials=n_trials, storage=storage, progress=False, **more)


def facts(results):
    return [(t.number, t.settings, t.value, t.state, t.curve) for t in results.trials]


def states(path):
    """How many trials of each state the file holds, by Optuna's own reading."""
    backend = optuna.storages.journal.JournalFileBackend(str(path))
    storage = optuna.storages.JournalStorage(backend)
    names = [
        trial.state.name
        for study in storage.get_all_studies()
        for trial in storage.get_all_trials(study._study_id)
    ]
    return {name: names.count(name) for name in sorted(set(names))}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "study.journal"


# ---- resumed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_stored_search_goes_on_as_if_nothing_had_happened(path, sampler):
    n_trials = 9 if sampler == "grid" else 14  # the last ones of "bayesian" are no longer random
    assert len(run(path, 5, sampler=sampler)) == 5
    again = run(str(path), n_trials, sampler=sampler)
    assert facts(again) == facts(run(None, n_trials, sampler=sampler))
    assert sum(states(path).values()) == n_trials
    assert all(trial.seconds > 0 for trial in again.trials)
    assert facts(run(path, 3, sampler=sampler)) == facts(again)  # all there: nothing runs


def test_one_file_holds_a_study_for_each_sampler_and_seed(path):
    for sampler in SAMPLERS:
        run(path, 2, sampler=sampler)
    run(path, 3, seed=1)
    assert len(Study(SPACE, sampler="random", seed=1, storage=path).results) == 3
    assert len(Study(SPACE, sampler="random", seed=0, storage=path).results) == 2


def test_ctrl_c_keeps_the_finished_trials(path):
    def interrupted(setting, report):
        if len(seen) == 3:
            raise KeyboardInterrupt
        seen.append(setting)
        return objective(setting, report)

    seen = []
    with pytest.raises(KeyboardInterrupt):
        run(path, what=interrupted)
    assert states(path) == {"COMPLETE": 3, "FAIL": 1}
    assert facts(run(path)) == facts(run(None))


CHILD = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
import test_search_workers as t
def fatal(setting, report):
    report(1, 0.5)
    if len(done) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(1)
    return t.objective(setting, lambda epoch, value: epoch > 1 and report(epoch, value))
done = []
t.run(sys.argv[2], 14, fatal, sampler="bayesian", prune=False)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_search_that_was_killed_goes_on_with_exactly_n_trials(path):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    here = str(Path(__file__).parent)
    child = subprocess.run([sys.executable, "-c", CHILD, here, str(path)], env=environment)
    assert child.returncode == -signal.SIGKILL
    assert states(path) == {"COMPLETE": 5, "RUNNING": 1}
    again = run(path, 14, sampler="bayesian", prune=False)
    assert states(path) == {"COMPLETE": 14, "FAIL": 1}
    settings = [trial.settings for trial in again.trials]
    unbroken = run(None, 14, sampler="bayesian", prune=False)
    assert settings == [trial.settings for trial in unbroken.trials]


def test_a_failed_trial_is_done_again(path):
    def once(setting, report):
        if not failed:
            failed.append(1)
            raise OSError("disk")
        return objective(setting, report)

    failed = []
    with pytest.raises(OSError, match="disk"):
        run(path, what=once)
    assert facts(run(path, what=once)) == facts(run(None))


# ---- the file -----------------------------------------------------------------------------------


def test_two_searches_on_one_file_at_once_are_refused(path):
    trials = Study(SPACE, storage=path).run(objective, 3)
    next(trials)
    with pytest.raises(RuntimeError, match="Another search is running on"):
        run(path)
    trials.close()
    assert len(run(path)) == 8


def test_another_space_in_the_same_file_is_refused(path):
    run(path, 1)
    with pytest.raises(ValueError, match="holds a study over another space"):
        search(objective, {"x": Between(0, 1)}, storage=path, progress=False)


@pytest.mark.parametrize("place", [".", "nowhere/study.journal"])
def test_a_place_that_cannot_be_a_file_is_refused(tmp_path, place):
    with pytest.raises(ValueError, match="storage must be a file in a folder that exists"):
        run(tmp_path / place)


@pytest.mark.parametrize("text", ["a letter", "a letter\nto a friend\n", "{a}\n{letter}\n"])
def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(path, text):
    path.write_text(text)
    with pytest.raises(ValueError, match="storage must be the file of an earlier search"):
        run(path)
    assert path.read_text() == text


def test_a_line_that_was_cut_off_does_no_harm(path):
    run(path, 3)
    whole = path.read_bytes()
    for cut in (1, 20, 60):
        path.write_bytes(whole[:-cut])
        assert facts(run(path, 5)) == facts(run(None, 5))


# ---- several processes --------------------------------------------------------------------------


def test_two_processes_do_the_same_trials_with_one_blas_thread_each(path):
    here = os.getpid()

    def watched(setting, report):
        from threadpoolctl import threadpool_info

        report(1, max(pool["num_threads"] for pool in threadpool_info()))
        report(2, int(os.getpid() != here))
        time.sleep(0.01)
        return setting["x"]

    found = run(path, 9, watched, workers=2, sampler="grid")
    alone = run(None, 9, watched, sampler="grid")
    assert [t.settings for t in found.trials] == [t.settings for t in alone.trials]
    assert {trial.curve[1] for trial in (*found.trials, *alone.trials)} == {1}
    assert {trial.curve[2] for trial in found.trials} == {1}
    assert {trial.curve[2] for trial in alone.trials} == {0}
    assert states(path) == {"COMPLETE": 9}


def test_a_worker_that_dies_is_replaced_and_its_trial_done_again(path, tmp_path):
    flag = tmp_path / "died"

    def fatal(setting, report):
        time.sleep(0.01)
        try:
            flag.touch(exist_ok=False)
        except FileExistsError:
            return objective(setting, report)
        os._exit(1)

    found = run(path, 8, fatal, workers=2, prune=False)
    assert states(path) == {"COMPLETE": 8, "FAIL": 1}
    assert facts(found) == facts(run(None, prune=False))


def test_workers_that_always_die_end_the_search():
    with pytest.raises(RuntimeError, match="trial 0 has lost 3 workers"):
        run(None, 1, lambda setting, report: os._exit(1), workers=2)


def test_an_error_in_another_process_comes_back_and_the_others_are_ended(path, tmp_path):
    flag = tmp_path / "one"

    def wrong(setting, report):
        try:
            flag.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(30)
        raise ZeroDivisionError("a mistake")

    start = time.monotonic()
    with pytest.raises(ZeroDivisionError, match="a mistake") as caught:
        run(path, 8, wrong, workers=2)
    assert time.monotonic() - start < 20
    assert "in wrong" in caught.value.__notes__[0]
    assert set(states(path)) == {"FAIL"}


# ---- a cluster ----------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_killed_cluster_worker_leaves_exactly_n_trials(path):
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

    def slow(setting, report):
        time.sleep(0.05)
        return objective(setting, report)

    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        study = Study(SPACE, storage=path)
        victim = min(client.run(os.getpid).values())
        for number, _ in enumerate(study.run(slow, 12, prune=False, client=client)):
            if number == 3:
                os.kill(victim, signal.SIGKILL)
        assert states(path) == {"COMPLETE": 12}
        assert victim not in client.run(os.getpid).values()
    assert facts(study.results) == facts(run(None, 12, prune=False))
