"""A service whose price is not for publication is in no figure of a public edition, so that no total tells it."""

from datetime import date

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.services.exempt_guard import exempt_shown
from ctdesk.services.map_questions import find_market
from ctdesk.services.map_tables import notes
from ctdesk.services.pack_changes import figures_now
from ctdesk.services.pack_reports import REPORTS, drawn
from ctdesk.services.published_services import for_the_public, left_out, unpublished
from ctdesk.services.records import save_record
from ctdesk.services.reporting import gather
from ctdesk.services.rounds import start_round
from ctdesk.services.service_map import MapView, service_map

TODAY = date(2026, 6, 15)
MONEY = MapView("outcome")


@pytest.fixture
def service(desk) -> str:
    """The dearest service of the borough."""
    held = desk.load("activity")
    return max(held, key=lambda uid: int(held[uid]["annual_value"] or 0))


def sells(desk, *marks: str | None, **values) -> str:
    """Add an agreement with these items marked exempt, and return its uid."""
    made = created("agreement", {"reference": "CON-0042", "title": "Quokka nursing", **values})
    exempt = [created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": item}) for item in marks]
    desk.apply(Action.EDIT, "An agreement", [made, *exempt])
    return made.uid


@pytest.mark.parametrize("mark", ["annual_value", "total_value", None])
def test_a_service_is_left_out_if_the_value_of_its_agreement_or_all_of_that_is_exempt(desk, service, mark):
    sells(desk, mark, activities=(service,))
    assert unpublished(desk) == {service}
    assert not left_out(desk)
    with for_the_public():
        assert left_out(desk) == {service}


@pytest.mark.parametrize("mark", ["comments", "provider", "end"])
def test_a_mark_that_keeps_no_money_back_leaves_its_service_in(desk, service, mark):
    sells(desk, mark, activities=(service,))
    assert not unpublished(desk)


@pytest.mark.parametrize(("of_service", "of_agreement"), [("title", "title"), ("agreement_reference", "reference")])
def test_a_service_that_nobody_linked_is_known_by_title_and_reference(desk, service, of_service, of_agreement):
    before = desk.load_some("activity", [service])[service]
    save_record(desk, "activity", service, before, {of_service: "Con 0077"})
    sells(desk, "annual_value", **{of_agreement: "CON-0077"})
    assert service in unpublished(desk)


def test_the_public_map_adds_up_without_it_and_says_so(desk, service):
    price = int(desk.load_some("activity", [service])[service]["annual_value"])
    whole = service_map(desk, MONEY).matrix.total
    sells(desk, "annual_value", activities=(service,))
    assert service_map(desk, MONEY).matrix.total == whole
    assert service_map(desk, MapView("outcome", public=True)).matrix.total == whole - price
    everybody = find_market(desk).amount
    with for_the_public():
        found = service_map(desk, MONEY)
        assert found.matrix.total == whole - price
        assert "Left out: 1 service whose price is not for publication." in notes(found)
        assert find_market(desk).amount < everybody


def test_the_public_baseline_adds_up_without_it_and_says_so(desk, service):
    start_round(desk, "Baseline 2026", date(2026, 3, 31), date(2026, 5, 15), ["Alder Council"])
    (request,) = desk.load("request")
    asked = {"request": request, "rule": "value_jump", "grade": "must fix", "message": "It grew", "about": service}
    sells(desk, "annual_value", activities=(service,))
    desk.apply(Action.EDIT, "A question", [created("finding", asked)])
    assert gather(desk).heading.filter == "All agencies, all activities"
    assert len(gather(desk).findings) == 1
    with for_the_public():
        public = gather(desk)
    assert public.heading.filter == "All agencies, all activities but 1 exempt"
    assert not public.findings
    assert public.agencies[0].open_findings == 0


def test_the_page_of_changes_tells_nothing_of_it(desk, service):
    price = int(desk.load_some("activity", [service])[service]["annual_value"])
    before = figures_now(desk, TODAY)
    own = {"annual_value": price, "signed_on": date(2025, 1, 1), "start": date(2025, 4, 1), "open_ended": True}
    sells(desk, "annual_value", activities=(service,), **own)
    after = figures_now(desk, TODAY)
    assert after["Agreements in force"] == before["Agreements in force"] + 1
    assert after["Yearly value of agreements in force"] == before["Yearly value of agreements in force"]
    assert after["Annual value of activities"] == before["Annual value of activities"] - price
    assert after["Activities"] == before["Activities"] - 1


@pytest.mark.parametrize("name", sorted({name for name, it in REPORTS.items() if not it.wanted} - {"monitoring"}))
def test_no_public_report_tells_an_exempt_price(desk, service, name):
    start_round(desk, "Baseline 2026", date(2026, 3, 31), date(2026, 5, 15), [])
    price = int(desk.load_some("activity", [service])[service]["annual_value"])
    sells(desk, None, activities=(service,), annual_value=price)
    assert exempt_shown(desk, drawn(desk, name, {})) == []
