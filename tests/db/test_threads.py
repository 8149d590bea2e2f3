"""One workspace, several threads: each sees whole change sets only, and nobody's statement breaks another's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from ctdesk.db.backup import backup
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import created, updated
from tests.db.desk_rows import step

TURNS = 25


def in_threads(*jobs: Callable[[], object]) -> None:
    """Let every job begin at the same moment on a thread of its own, and raise what any of them raises."""
    together = Barrier(len(jobs))

    def begin(job: Callable[[], object]) -> None:
        together.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for future in [pool.submit(begin, job) for job in jobs]:
            future.result()


def test_threads_take_turns(workspace: Workspace) -> None:
    many = [created("round", {"name": "0"}) for _ in range(150)]
    apply(workspace, step(*many))

    def write() -> None:
        for turn in range(TURNS):
            before, after = {"name": str(turn)}, {"name": str(turn + 1)}
            apply(workspace, step(*(updated("round", it.uid, before, after) for it in many)))

    def read() -> None:
        for _ in range(TURNS):
            names = {it["name"] for it in load(workspace, "round").values()}
            assert len(names) == 1, "a change set was seen half-way"

    in_threads(write, read, read)
    assert {it["name"] for it in load(workspace, "round").values()} == {str(TURNS)}


def test_a_backup_waits_for_a_writer(workspace: Workspace) -> None:
    def write() -> None:
        for turn in range(10):
            apply(workspace, step(*(created("round", {"name": f"{turn}/{number}"}) for number in range(50))))

    in_threads(write, lambda: [backup(workspace) for _ in range(3)])
    assert len(load(workspace, "round")) == 500


def test_a_snapshot_is_read_from_any_thread(workspace: Workspace, path: Path) -> None:
    workspace.close()
    with Workspace.open(path, read_only=True) as reader:
        in_threads(*[lambda: [load(reader, "list_entry") for _ in range(TURNS)]] * 2)
