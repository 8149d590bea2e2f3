"""The papers of agreements from the workspace: named as people name things, printed from what is held."""

from datetime import date

import pytest
from ctdesk.cli import run
from ctdesk.cli.report_names import OPTIONS, REPORTS, TAKEN
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.services.contract_report import contract_paper, print_contract
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.editing import edit as set_fields
from ctdesk.services.letters import points, print_letters, review_letter
from ctdesk.services.provider_report import provider_paper
from ctdesk.services.register_report import calendar_paper, register_paper
from pypdf import PdfReader
from tests.services.small_borough import BRIDGE, HOSPITAL, NURSING, borough
from tests.services.small_register import PARENTS, PLAY, SCHOOL, TODAY, part, small_register


@pytest.fixture
def desk(tmp_path):
    desk = Desk(create_workspace(tmp_path / "borough.ctdesk"), "sam")
    desk.apply(Action.EDIT, "Take over", [*borough(), *small_register()])
    return desk


def edit(desk, *changes):
    desk.apply(Action.EDIT, "Note", changes)


def exempt(agreement, item=None):
    return part("exempt_mark", agreement=agreement, item=item, paragraph="3")


def test_a_contract_report_is_found_by_reference(desk, tmp_path):
    print_contract(desk, tmp_path / "c.pdf", "CON-0042", on=TODAY)
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "c.pdf").pages)
    assert "School nursing" in text
    with pytest.raises(DeskError, match="no agreement “Nothing”"):
        print_contract(desk, tmp_path / "c.pdf", "Nothing", on=TODAY)


def told(path):
    """Return the words of the pages on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_value_is_printed_with_its_sum_but_not_where_that_tells_a_part(desk, tmp_path):
    whole, public = tmp_path / "whole.pdf", tmp_path / "public.pdf"
    edit(desk, part("variation", what="value", from_date=date(2026, 7, 1), annual_value=120_000_000, reason="Cut"))
    print_contract(desk, whole, "CON-0042", on=TODAY)
    assert "for the variation from 01/07/2026" in told(whole)
    edit(desk, exempt(SCHOOL, "variation.annual_value"))
    print_contract(desk, public, "CON-0042", on=TODAY, public=True)
    assert "for the variation" not in told(public)


def test_an_exempt_successor_is_marked_on_the_agreement_before_it(desk):
    edit(desk, exempt(PLAY))
    assert contract_paper(desk, PARENTS, TODAY).exempt == {"successor": "3"}


def test_the_public_register_leaves_out_what_is_wholly_exempt(desk):
    edit(desk, exempt(SCHOOL))
    whole, public = register_paper(desk, TODAY), register_paper(desk, TODAY, public=True)
    assert (len(whole.lines), len(public.lines), public.left_out) == (3, 2, 1)
    assert SCHOOL not in {it.uid for it in public.lines}
    assert SCHOOL not in {it.agreement for it in calendar_paper(desk, TODAY, public=True).dates}
    assert SCHOOL in {it.agreement for it in calendar_paper(desk, TODAY).dates}


def test_a_provider_has_its_own_and_its_shared_agreements(desk):
    shared = provider_paper(desk, BRIDGE, TODAY)
    assert [it.uid for it in shared.lines] == [PARENTS]
    assert shared.shares == {PARENTS: 60}
    own = provider_paper(desk, HOSPITAL, TODAY)
    assert [it.uid for it in own.lines] == [SCHOOL]
    assert {it.kind for it in own.papers} == {"requirement", "action"}


def test_an_exempt_provider_has_no_public_page_of_that_agreement(desk):
    edit(desk, exempt(SCHOOL, "provider"))
    public = provider_paper(desk, HOSPITAL, TODAY, public=True)
    assert (list(public.lines), public.left_out) == ([], 1)


def test_an_exempt_value_is_not_told_by_the_activity_either(desk):
    edit(desk, exempt(SCHOOL, "annual_value"))
    whole = {it.uid: it.value for it in provider_paper(desk, HOSPITAL, TODAY).activities}
    public = {it.uid: it.value for it in provider_paper(desk, HOSPITAL, TODAY, public=True).activities}
    assert whole[NURSING] is not None
    assert public == {**whole, NURSING: None}


def test_the_letter_is_about_the_newest_review_or_that_of_a_day(desk):
    with pytest.raises(DeskError, match="has no review or visit to write about"):
        review_letter(desk, SCHOOL, None, TODAY)
    edit(
        desk,
        part("review", "r1", held_on=date(2026, 1, 12), what="review", findings="Good work.", rating="good"),
        part("review", "r2", held_on=date(2026, 5, 4), what="visit", findings="Few posts. Long waits.", rating="weak"),
        part("action", "a9", title="Fill posts", owner="Manager", due=date(2026, 6, 1), state="open", review="r2"),
    )
    newest = review_letter(desk, SCHOOL, None, TODAY)
    assert (list(newest.found), newest.rating, newest.rating_before) == (["Few posts.", "Long waits."], "weak", "good")
    assert [it.title for it in newest.actions] == ["Fill posts"]
    assert review_letter(desk, SCHOOL, "12/01/2026", TODAY).rating == "good"
    with pytest.raises(DeskError, match="on 01/01/2020"):
        review_letter(desk, SCHOOL, "01/01/2020", TODAY)


@pytest.mark.parametrize("typed", ["Weir House; 1 Quay Street; QZ1 1AA", "Weir House,\n1 Quay Street\n QZ1 1AA\n"])
def test_a_letter_carries_the_postal_address(typed, desk):
    edit(desk, part("review", "r1", held_on=TODAY, what="review"))
    set_fields(desk, "organisation", HOSPITAL, {"address": typed})
    assert review_letter(desk, SCHOOL, None, TODAY).letter.to[-3:] == ("Weir House", "1 Quay Street", "QZ1 1AA")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("One thing. Another at 3.5 weeks.", ["One thing.", "Another at 3.5 weeks."]),
        ("- One thing. With more\n- Two", ["One thing. With more", "Two"]),
    ],
)
def test_findings_become_points(text, said):
    assert points(text) == said


def test_a_very_long_finding_is_cut_into_points_that_go_on_a_page():
    assert max(map(len, points("word " * 5_000))) <= 900


def test_there_is_nobody_to_write_to_before_a_round_is_started(desk, tmp_path):
    with pytest.raises(DeskError, match="No round has been started yet"):
        print_letters(desk, tmp_path / "l.pdf", chasing=False)


@pytest.mark.parametrize(
    ("name", "more"), [("contract", ["--agreement", "CON-0042"]), ("register", []), ("calendar", ["--public"])]
)
def test_the_command_prints_each_paper(name, more, desk, tmp_path):
    desk.workspace.close()
    path = tmp_path / "r.pdf"
    assert run(["report", str(tmp_path / "borough.ctdesk"), name, "--to", str(path), *more]) == 0
    assert len(PdfReader(path).pages) >= 1


def test_a_report_about_one_thing_asks_which(desk, tmp_path, capsys):
    desk.workspace.close()
    assert run(["report", str(tmp_path / "borough.ctdesk"), "provider", "--to", str(tmp_path / "r.pdf")]) != 0
    assert "name it with --provider" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("report", "option"),
    [
        ("register", ["--agreement", "CON-0042"]),
        ("covering-letters", ["--public"]),
        ("monitoring", ["--agreement", "CON-0042"]),
        ("contract", ["--agreement", "CON-0042", "--provider", "Nobody"]),
        ("calendar", ["--period", "2026-Q1"]),
    ],
)
def test_an_option_that_means_nothing_to_a_report_is_refused(desk, tmp_path, capsys, report, option):
    desk.workspace.close()
    where = ["report", str(desk.workspace.path), report, "--to", str(tmp_path / "r.pdf")]
    assert run([*where, *option]) == 2
    assert f"The {report} report takes no --" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


def test_every_report_says_which_options_it_takes():
    assert set(TAKEN) == set(REPORTS)
    assert set().union(*TAKEN.values()) == set(OPTIONS)
