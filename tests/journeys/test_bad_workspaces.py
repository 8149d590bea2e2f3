"""Workspaces that are missing, somebody else's, too new, read-only, locked or damaged; full disks; odd folders."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from tests.journeys.rounds import COUNCIL, ROUND, SmallRound, as_root, ctdesk, put, spreadsheet


def _commands(sent_round: SmallRound) -> list[tuple[object, ...]]:
    """Return every command that opens a workspace, with what it needs."""
    book = sent_round.sent()
    register = spreadsheet(
        sent_round.folder / "register.xlsx", [["Service title", "Provider", "Annual value"], ["Play", "Lantern", 5]]
    )
    folder = sent_round.folder / "out"
    return [
        ("adopt", register, "--agency", COUNCIL, "--apply"),
        ("round", "Next", "--as-at", "31/03/2027", "--due", "30/06/2027"),
        ("send", "--round", ROUND, "--to", folder),
        ("receive", book, "--apply"),
        ("receive", book),
        ("list", "activity"),
        ("export", "activity", "--to", sent_round.folder / "a.csv"),
        ("report", "baseline", "--to", sent_round.folder / "a.pdf"),
        ("set", "activity", "WB-001", "tier=Specialist"),
        ("history",),
        ("undo", "2"),
        ("check",),
        ("backup",),
    ]


def _all_refuse(sent_round: SmallRound, workspace: Path, words: str) -> None:
    before = workspace.read_bytes() if workspace.is_file() else b""
    for command, *arguments in _commands(sent_round):
        refusal = ctdesk(command, workspace, *arguments).refusal
        assert words in refusal, (command, refusal)
        assert workspace.name in refusal
    assert (workspace.read_bytes() if workspace.is_file() else b"") == before


def test_a_missing_workspace_is_named(sent_round: SmallRound) -> None:
    _all_refuse(sent_round, sent_round.folder / "gone.ctdesk", "does not exist")


def test_a_folder_is_no_workspace(sent_round: SmallRound) -> None:
    assert "is a folder" in ctdesk("list", sent_round.folder, "activity").refusal


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(2000)])
def test_another_file_is_no_workspace(sent_round: SmallRound, content: bytes) -> None:
    path = sent_round.folder / "other.ctdesk"
    path.write_bytes(content)
    _all_refuse(sent_round, path, "is not a workspace of the desk")


def test_another_database_is_no_workspace(sent_round: SmallRound) -> None:
    path = sent_round.folder / "other.ctdesk"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE sheep (name TEXT)")
    made.close()
    _all_refuse(sent_round, path, "is not a workspace of the desk")


def test_a_workspace_of_a_newer_program_is_left_alone(sent_round: SmallRound) -> None:
    newer = sqlite3.connect(sent_round.workspace)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    _all_refuse(sent_round, sent_round.workspace, "newer version of ctdesk")


def test_a_locked_workspace_names_its_holder(sent_round: SmallRound) -> None:
    script = (
        "import sys; from pathlib import Path; from ctdesk.db.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(sent_round.workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline().strip() == "held"
        refusal = sent_round.do("set", "activity", "WB-001", "tier=Specialist").refusal
        assert "open elsewhere (" in refusal
        assert "since" in refusal
        holder.stdin.close()
    assert sent_round.do("set", "activity", "WB-001", "tier=Specialist").status == 0


@pytest.mark.parametrize("place", [100, 4096 * 3, -5000])
def test_a_damaged_workspace_never_ends_in_a_trace(sent_round: SmallRound, place: int) -> None:
    whole = bytearray(sent_round.workspace.read_bytes())
    whole[place : place + 3000] = b"\xa5" * 3000
    sent_round.workspace.write_bytes(bytes(whole))
    for command, *arguments in _commands(sent_round):
        said = sent_round.do(command, *arguments)
        assert said.status in {0, 1, 2}
        assert "program" not in said.err, (command, said.err)
        if said.status == 2:
            assert said.sentence
    assert sent_round.do("check").status in {1, 2}


def test_a_truncated_workspace_is_damaged(sent_round: SmallRound) -> None:
    whole = sent_round.workspace.read_bytes()
    sent_round.workspace.write_bytes(whole[: len(whole) // 2])
    said = sent_round.do("set", "activity", "WB-001", "tier=Specialist")
    assert "damaged" in said.refusal
    assert "restore" in said.refusal


@pytest.mark.skipif(as_root(), reason="permissions stop nobody who is root")
def test_a_read_only_workspace_can_be_read_and_not_written(sent_round: SmallRound) -> None:
    sent_round.workspace.chmod(0o444)
    assert sent_round.do("list", "activity").status == 0
    assert "cannot be written" in sent_round.do("set", "activity", "WB-001", "tier=Specialist").refusal


@contextmanager
def _full_disk() -> Iterator[None]:
    """Let SQLite believe that the file may not grow."""
    opened = Workspace.open.__func__  # type: ignore[attr-defined]  # a class method's function

    def with_little_room(cls: type[Workspace], path: Path, *, read_only: bool = False) -> Workspace:
        workspace: Workspace = opened(cls, path, read_only=read_only)
        pages = workspace.driver.execute("PRAGMA page_count").fetchone()[0]
        workspace.driver.execute(f"PRAGMA max_page_count = {pages}")
        return workspace

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workspace, "open", classmethod(with_little_room))
        yield


def test_a_full_disk_alters_nothing(sent_round: SmallRound) -> None:
    def alter(book: object) -> None:
        for reference in ("WB-001", "WB-002", "WB-003"):
            put(book, reference, "Comments", f"{reference} " * 3_000)

    path = sent_round.edited(alter)
    before = sent_round.everything()
    with _full_disk():
        assert "full" in sent_round.do("receive", path, "--apply").refusal
    assert sent_round.everything() == before
    assert sent_round.do("check").status == 0


def test_a_disk_that_fills_while_a_file_is_written_is_one_sentence(
    sent_round: SmallRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_holder = Path.write_text

    def no_room(self: Path, *words: str, **options: str) -> int:
        if self.suffix == ".ctdesk-lock":
            return name_holder(self, *words, **options)
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", no_room)
    monkeypatch.setattr(Path, "write_bytes", no_room)
    before = sent_round.workspace.read_bytes()
    for arguments in (
        ("export", "activity", "--to", sent_round.folder / "a.json"),
        ("export", "activity", "--to", sent_round.folder / "a.csv"),
        ("export", "activity", "--to", sent_round.folder / "a.xlsx"),
        ("send", "--round", ROUND, "--to", sent_round.folder / "o"),
    ):
        assert "No space left on device" in sent_round.do(*arguments).refusal  # type: ignore[arg-type]  # a name first
    assert sent_round.workspace.read_bytes() == before


@pytest.mark.parametrize("command", ["send", "export", "report", "backup", "new", "hand-back", "profile", "demo"])
def test_a_folder_that_cannot_be_written_is_named(sent_round: SmallRound, command: str) -> None:
    file = sent_round.folder / "a file"
    file.write_text("not a folder")
    inside = file / "deeper"
    before = sent_round.fingerprint()
    register = spreadsheet(sent_round.folder / "r.xlsx", [["Service title", "Provider", "Value"], ["Play", "L", 5]])
    said = {
        "send": lambda: sent_round.do("send", "--round", ROUND, "--to", inside),
        "export": lambda: sent_round.do("export", "activity", "--to", inside / "a.xlsx"),
        "report": lambda: sent_round.do("report", "baseline", "--to", inside / "a.pdf"),
        "backup": lambda: sent_round.do("backup", "--to", inside),
        "new": lambda: ctdesk("new", inside / "new.ctdesk"),
        "hand-back": lambda: sent_round.do("receive", sent_round.sent(), "--hand-back", inside),
        "profile": lambda: sent_round.do("adopt", register, "--agency", COUNCIL, "--save-profile", inside / "p.toml"),
        "demo": lambda: ctdesk("demo", inside),
    }[command]()
    assert "a file" in said.refusal
    assert sent_round.fingerprint() == before


def test_a_journal_left_by_a_crash_is_no_trouble(sent_round: SmallRound) -> None:
    sent_round.workspace.with_name("weir.ctdesk-journal").write_bytes(b"")
    assert sent_round.do("list", "activity").status == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows takes other names")
def test_a_workspace_under_an_odd_name_works(sent_round: SmallRound) -> None:
    odd = sent_round.folder / "été & ‘co’ #1 ?.ctdesk"
    assert ctdesk("new", odd).status == 0
    assert ctdesk("check", odd).status == 0
    assert ctdesk("backup", odd).status == 0
