"""Letters: one side with what was found, rated and agreed, a slip to send back, one page for each reader."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from ctdesk.domain.letters import AgreedAction, Letter, ReviewLetter
from ctdesk.reports.letters import write_letters, write_review_letter
from pypdf import PdfReader
from tests.page_texts import text_of

PRINTED = datetime(2026, 7, 22, 14, 5)  # noqa: DTZ001 - the office’s own clock


LETTER = Letter(
    trust="Ashmere Children’s Trust",
    sender=("Contracts team", "1 Market Place", "contracts@ashmere.example"),
    to=("Service manager", "Talkwell Company"),
    written=date(2026, 7, 22),
    reference="NH-010",
    reply_by=date(2026, 8, 5),
    subject="Speech and language support",
    body=("First thing.", "Second thing."),
    signed=("Contracts manager, for NHS Ashmere",),
)


def review_with_everything() -> ReviewLetter:
    return ReviewLetter(
        letter=LETTER,
        kind="Quarterly review",
        agreement="NH-010",
        held_on=date(2026, 7, 14),
        found=("Waits are rising.", "Goals are met."),
        weaknesses=("Vacancies not reported",),
        rating="adequate",
        rating_before="good",
        next_review=date(2026, 10, 13),
        actions=[AgreedAction("21", "Recovery plan", "Service manager", date(2026, 8, 15))],
    )


@pytest.fixture
def review() -> ReviewLetter:
    return review_with_everything()


def write(review, tmp_path, name="l.pdf"):
    path = tmp_path / name
    write_review_letter(review, path, printed=PRINTED)
    return path


def test_a_review_letter_says_found_rated_and_agreed_on_one_side(review, tmp_path):
    path = write(review, tmp_path)
    text = text_of(path)
    assert len(PdfReader(path).pages) == 1
    assert "Quarterly review, 14 July 2026: Speech and language support" in text
    assert "Reply by 5 August 2026" in text
    assert "Waits are rising." in text
    assert "Vacancies not reported" in text
    assert "Adequate (last time: good). Next review 13 October 2026." in text
    assert "21 Recovery plan Service manager 15/08/2026" in text


def test_the_slip_is_at_the_foot(review, tmp_path):
    text = text_of(write(review, tmp_path))
    assert "Factual accuracy: NH-010, review of 14 July 2026" in text
    assert text.index("Yours sincerely") < text.index("Factual accuracy") < text.index("The findings are accurate")


def test_the_same_review_gives_the_same_bytes(review, tmp_path):
    assert write(review, tmp_path).read_bytes() == write(review, tmp_path, "again.pdf").read_bytes()


def test_a_review_of_which_nothing_is_noted_can_still_be_written_about(review, tmp_path):
    bare = replace(review, found=(), weaknesses=(), rating="", rating_before="", next_review=None, actions=())
    text = text_of(write(bare, tmp_path))
    assert "No findings were noted." in text
    assert "What was agreed: no action." in text


def test_long_findings_go_on_to_another_page_with_the_slip(review, tmp_path):
    actions = [AgreedAction(str(n), f"Do {n} " * 20, "Manager", None) for n in range(60)]
    path = write(replace(review, found=["word " * 170] * 30, actions=actions), tmp_path)
    pages = PdfReader(path).pages
    assert len(pages) > 3
    assert "Factual accuracy" in pages[-1].extract_text()
    assert "Do 59" in text_of(path)


def test_each_reader_has_a_page_of_their_own(tmp_path):
    path = tmp_path / "l.pdf"
    others = [replace(LETTER, to=(f"Agency {n}",)) for n in range(30)]
    write_letters(others, path, title="Covering letters")
    pages = PdfReader(path).pages
    assert len(pages) == 30
    assert all(f"Agency {n}" in page.extract_text() for n, page in enumerate(pages))
    assert "Page 1 of" not in pages[0].extract_text()
