"""A pack of more than a hundred pages from the demo: every report there is, and two outside PDFs."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from ctdesk.domain.pack import Edition
from ctdesk.services.demo import run_demo
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.exempt_guard import exempt_shown
from ctdesk.services.pack_issue import issue, issued
from ctdesk.services.pack_reports import REPORTS, drawn, offered
from ctdesk.services.packs import add_outside, add_report, new_pack
from pypdf import PdfReader
from tests.reports import strangers
from tests.reports.structure import faults

pytestmark = pytest.mark.slow
FIXED = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("demo")
    run_demo(folder, lambda _: None)
    with at_desk(next(folder.glob("*.ctdesk"))) as at:
        yield at


def choices(desk: Desk, name: str) -> dict[str, str]:
    return {choice: offered(desk, choice)[0] for choice in REPORTS[name].wanted}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_sound_in_structure_and_says_so(desk: Desk, name: str) -> None:
    content = drawn(desk, name, choices(desk, name))
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert faults(pdf) == []
        assert metadata["pdfuaid:part"] == "1"


def test_a_pack_of_everything_is_whole_public_and_the_same_again(desk: Desk, tmp_path: Path) -> None:
    pack = new_pack(desk, "Partnership Board", date(2026, 6, 25))
    secret = tmp_path / "prices.pdf"
    secret.write_bytes(strangers.plain("Zebrafish prices", "More of the zebrafish"))
    minutes = tmp_path / "minutes.pdf"
    minutes.write_bytes(strangers.turned(strangers.busy(strangers.plain(*map("Minutes {}".format, range(9)))), 90))
    add_outside(desk, pack, minutes)
    for name in REPORTS:
        add_report(desk, pack, name, choices(desk, name), exempt="3" if name == "contract" else None)
    add_outside(desk, pack, secret, "Zebrafish", exempt="3", late="Zebrafish came late")
    add_report(desk, pack, "baseline", {}, "The baseline once more", appendix=True)
    issue(desk, pack, FIXED)
    public, restricted = (PdfReader(BytesIO(issued(desk, pack, edition))) for edition in Edition)
    assert len(public.pages) > 100
    assert len(restricted.pages) > len(public.pages) + 2
    said = [page.extract_text() for page in public.pages]
    assert all(f"Page {number} of {len(said)}" in words for number, words in enumerate(said[1:], 2))
    assert "ebrafish" not in "".join(said) + repr(public.metadata) + repr(public.outline)
    assert "Zebrafish prices" in "".join(page.extract_text() for page in restricted.pages)
    assert exempt_shown(desk, issued(desk, pack, Edition.PUBLIC)) == []
    with pikepdf.open(BytesIO(issued(desk, pack, Edition.PUBLIC))) as pdf:
        assert faults(pdf) == []
