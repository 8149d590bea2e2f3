"""Every difficult file there is goes through receive and adopt: one sentence or an answer, never a trace."""

from pathlib import Path

import pytest
from tests.journeys.rounds import COUNCIL, Said, SmallRound
from tests.worked import worked

pytestmark = pytest.mark.slow

FOLDERS = (
    "calamine",
    "closedxml",
    "flatten-tool",
    "frictionless",
    "messytables",
    "openpyxl",
    "poi",
    "python-calamine",
    "sheetjs",
    "xlsxwriter",
)
MOST_SECONDS = 30


def _wrong(said: Said, path: Path) -> str:
    """Say what is wrong with an answer, if anything is."""
    lines = said.err.splitlines()
    if said.status not in {0, 1, 2} or "Traceback" in said.err + said.out:
        return f"status {said.status}, {said.err!r}"
    if said.status == 2 and (len(lines) != 1 or said.out or "program’s fault" in said.err or "program's" in said.err):
        return f"not one sentence: {said.err!r} {said.out[:200]!r}"
    if said.status == 2 and path.name not in said.err:
        return f"does not name the file: {said.err!r}"
    if said.status != 2 and said.err:
        return f"complains although it could be done: {said.err!r}"
    return ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_difficult_file_does_more_than_be_refused(corpus: Path, sent_round: SmallRound, folder: str) -> None:
    before = sent_round.fingerprint()
    wrong = []
    for path in sorted(p for p in (corpus / "hostile" / f"torture-{folder}").rglob("*") if p.is_file()):
        for command in (("receive", path), ("adopt", path, "--agency", COUNCIL)):
            begun = worked()
            said = sent_round.do(*command, "--json")  # type: ignore[arg-type]  # the first is the command's name
            seconds = worked() - begun
            if seconds > MOST_SECONDS:
                wrong.append(f"{command[0]} {path}: worked for {seconds:.0f} s")
            if fault := _wrong(said, path):
                wrong.append(f"{command[0]} {path}: {fault}")
            if said.status != 2:
                assert said.document["applied"] is False
    assert sent_round.fingerprint() == before
    assert not wrong, "\n".join(wrong)
