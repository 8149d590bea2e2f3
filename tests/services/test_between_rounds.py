"""From the last baseline to now: what was agreed then, what was agreed since, to the penny and by hand."""

from datetime import date

from ctdesk.domain.changes import Action
from ctdesk.services.deleting import delete_record
from ctdesk.services.editing import edit
from ctdesk.services.last_baseline import reconcile_rounds, state_before
from ctdesk.services.list_view import Filter
from ctdesk.services.map_question_tables import round_tables
from ctdesk.services.map_questions import Asked, find_market
from ctdesk.services.newest_baseline import newest_baseline
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import CLINIC, CLUB, COUNCIL, HOSPITAL, NURSING, OLD, SESSIONS, activity

CAME, NOW = date(2026, 5, 1), date(2027, 6, 1)


def first_round(desk, folder):
    """Hold a round in which the council agrees a dearer nursing service; the hospital does not answer."""
    sent = send_round(desk, folder)
    came = answer(desk, sent[COUNCIL], [("Activity", "AC-001", "Annual value (£)", 150_000)])
    receipt, _ = receive(desk, came, Wishes(apply=True, received=CAME))
    assert receipt.applied


def second_round(desk, folder):
    start_round(desk, "Baseline 2027/28", date(2027, 3, 31), date(2027, 5, 14))
    folder.mkdir()
    return {item.request.agency_uid: item for item in send(desk, "Baseline 2027/28", folder)}


def steps(found):
    names = ("new", "ended", "gone", "more", "less", "same")
    return {name: [it.uid for it in step] for name, step in zip(names, found.steps, strict=True) if step}


def test_with_one_round_it_is_compared_with_what_was_sent(desk, tmp_path):
    first_round(desk, tmp_path)
    found = reconcile_rounds(desk, CAME)
    assert found.before_name == "before Baseline 2026/27"
    # The visits that ended a year before are in neither total.
    assert (found.last, found.now) == (255_000_00, 285_000_00)
    assert (steps(found)["more"], found.left_out_money) == ([NURSING], 20_000_00)


def test_with_two_rounds_it_is_compared_with_what_was_agreed_at_the_end_of_the_first(desk, tmp_path):
    first_round(desk, tmp_path)
    # Between the rounds the desk learns of changes; they are changes since the last baseline though sent out with it.
    edit(desk, "activity", "AC-002", {"annual_value": "45,000", "end": "30/09/2028"})
    edit(desk, "activity", "BH-001", {"annual_value": "70,000", "end": "31/03/2029"})
    edit(desk, "activity", "AC-001", {"end": "30/04/2027"})
    desk.apply(
        Action.EDIT,
        "A new service",
        [activity("u-new", "AC-009", "Kinship support", agency=COUNCIL, provider=HOSPITAL, value=1_01, end=None)],
    )
    delete_record(desk, "activity", CLUB)
    second_round(desk, tmp_path / "second")
    found = reconcile_rounds(desk, NOW)
    assert found.before_name == "at the end of Baseline 2026/27"
    assert steps(found) == {
        "new": ["u-new"], "ended": [NURSING], "gone": [CLUB], "more": [SESSIONS], "less": [CLINIC],
    }  # fmt: skip
    # 150,000 agreed + 40,000 + 15,000 of the council, 80,000 as sent to the hospital.
    assert found.last == 285_000_00
    assert found.now == 285_000_00 + 1_01 - 150_000_00 - 15_000_00 + 5_000_00 - 10_000_00
    assert (found.left_out, found.left_out_money) == (2, 170_000_00)


def test_the_tables_add_up_and_lead_to_every_service(desk, tmp_path):
    first_round(desk, tmp_path)
    tables = round_tables(reconcile_rounds(desk, CAME))
    for table in tables:
        table.check()
    summary, *behind, every = tables
    assert every.totals[4:] == (summary.rows[0][2], summary.totals[2], summary.totals[2] - summary.rows[0][2])
    assert len(every.rows) == sum(len(table.rows) for table in behind)
    for table in behind:
        (line,) = [row for row in summary.rows if row[0] == table.title]
        assert line[1:] == (len(table.rows), table.totals[-1])
    assert "The map counts £20,000 of 1 service that has ended" in " ".join(summary.notes)


def test_providers_are_new_and_gone_since_the_last_baseline_whatever_the_filter(desk, tmp_path):
    first_round(desk, tmp_path)
    edit(desk, "activity", "AC-003", {"provider": "Oak Families Ltd"})
    edit(desk, "activity", "AC-001", {"end": "30/04/2026"})
    edit(desk, "activity", "BH-002", {"provider": "The Bridge Project", "end": "31/03/2028"})
    found = find_market(desk, on=CAME)
    assert found.since == "before Baseline 2026/27"
    assert found.gone == ("Acorn Play", "Birch Hospital Trust")
    assert {it.name: (it.new, it.gone) for it in found.providers}["Birch Hospital Trust"] == (False, True)
    council_alone = find_market(desk, Asked(filters=(Filter("reference", "is", ("AC-002",)),)), CAME)
    assert council_alone.gone == found.gone


def test_an_agency_not_asked_the_first_time_counts_as_it_was_sent_the_second(desk, tmp_path):
    start_round(desk, "Council alone", date(2026, 3, 31), date(2026, 5, 8), ["Alder Council"])
    send(desk, "Council alone", tmp_path)
    second_round(desk, tmp_path / "second")
    edit(desk, "activity", "BH-002", {"annual_value": "25,000", "end": "31/03/2029"})
    before = state_before(desk)
    assert before.name == "at the end of Council alone"
    assert before.rows[OLD]["annual_value"] == 20_000_00
    assert before.rows[OLD]["agency"] == HOSPITAL


def test_a_round_that_asks_for_posts_alone_is_no_baseline_of_services(desk, tmp_path):
    first_round(desk, tmp_path)
    before = newest_baseline(desk)
    start_round(desk, "Posts alone", date(2026, 9, 30), date(2026, 10, 30), asks=["post"])
    assert newest_baseline(desk) == before
    assert reconcile_rounds(desk, NOW).before_name == "before Baseline 2026/27"
