"""Columns are proposed for fields by their names and by what stands in them, and each says why."""

import datetime as dt

import pytest
from ctdesk.domain.records import DEFINITIONS
from ctdesk.returns.adoption_headings import Vocabulary, field_label
from tests.returns.register_sheets import HEADINGS, SERVICES, adopt, mapped, proposal_for


def with_column(heading, *cells):
    """Adopt a register with one more column, its cells repeated down the rows."""
    rows = [[*row, cells[at % len(cells)]] for at, row in enumerate(SERVICES)]
    return adopt([[*HEADINGS, heading], *rows])


def meant(heading):
    """Return the field a heading most likely names."""
    meanings = Vocabulary(DEFINITIONS["activity"]).meanings(heading)
    return meanings[0].name if meanings else None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Annual value (£)", "annual_value"),
        ("SUPPLIER_NAME", "provider"),
        ("contractPeriod_startDate", "start"),
        ("Contract end date (excluding extension)", "end"),
        ("Recipient Org:Name", "provider"),
        ("Supplier charity number", "provider.charity_number"),
        ("Provder", "provider"),
        ("Lead e mail", "lead_email"),
        ("Annual contrct value", "annual_value"),
    ],
)
def test_headings_are_understood(heading, field):
    assert meant(heading) == field


@pytest.mark.parametrize("heading", ["Colour", "", "Award", "Postcode", "Currency", "Beneficiary Location:Latitude"])
def test_headings_that_mean_nothing_here(heading):
    assert meant(heading) is None


def test_a_contact_is_not_a_contract():
    assert meant("Contact name") == "lead_commissioner"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Supplier address", "1 High Street"), ("Contract value currency", "GBP"), ("Area code", "E08")],
)
def test_a_word_beside_a_known_one_may_make_it_another_thing(heading, cell):
    assert proposal_for(with_column(heading, cell), heading).field is None


def test_values_decide_against_a_name():
    start = proposal_for(with_column("To", "Smith", "Jones"), "To")
    assert start.field is None
    assert "none of its values can be read as date" in start.why


def test_of_two_columns_for_one_field_the_surer_wins_and_the_other_is_listed():
    register = with_column("Total contract value", 9000.0)
    assert mapped(register)["Annual value (£)"] == "annual_value"
    other = proposal_for(register, "Total contract value")
    assert other.field is None
    assert other.why.startswith("also looks like Annual value (£)")
    assert other in register.unused_columns


@pytest.mark.parametrize(
    ("heading", "most"), [("Total contract value", 0.55), ("Contract value", 0.75), ("Value per annum", 1.0)]
)
def test_a_sum_that_may_be_for_the_whole_agreement_is_less_sure(heading, most):
    rows = [[heading if cell == "Annual value (£)" else cell for cell in row] for row in [HEADINGS, *SERVICES]]
    proposal = proposal_for(adopt(rows), heading)
    assert proposal.field == "annual_value"
    assert proposal.confidence <= most
    assert ("whole agreement" in proposal.why) == (most < 1)


def test_a_column_without_a_telling_name_is_known_by_its_values():
    email = proposal_for(with_column("Write to", "a@b.org", "c@d.org"), "Write to")
    assert (email.field, email.confidence, email.why) == ("lead_email", 0.5, "its values are e-mail addresses")
    tier = proposal_for(with_column("Sort", "Universal", "targeted"), "Sort")
    assert (tier.field, tier.why) == ("tier", "its values are words of the list Tier")
    assert proposal_for(with_column("Sort", "Universal"), "Sort").field is None
    assert proposal_for(with_column("Sort", "Universal", "Round"), "Sort").field is None


def test_a_reference_that_repeats_is_less_sure_than_one_that_does_not():
    register = with_column("Identifier", "same")
    assert mapped(register)["Ref"] == "reference"
    assert mapped(register)["Identifier"] is None


def test_an_empty_column_is_taken_by_its_name():
    proposal = proposal_for(with_column("Next review", None), "Next review")
    assert proposal.field == "next_review"
    assert proposal.samples == ()
    assert "the column is empty" in proposal.why


def test_a_doubled_heading_fills_its_field_once():
    rows = [[*HEADINGS, "Supplier"], *([*row, "Another"] for row in SERVICES)]
    register = adopt(rows)
    assert [proposal.field for proposal in register.proposals if proposal.heading == "Supplier"] == ["provider", None]


def test_samples_are_short_and_distinct():
    proposal = proposal_for(with_column("Comments", "x" * 200, "y\nz", dt.date(2025, 4, 1)), "Comments")
    assert proposal.samples == ("x" * 60, "y z", "2025-04-01")


def test_labels_of_linked_fields_say_whose_they_are():
    activity = DEFINITIONS["activity"]
    assert field_label(activity, "provider.sme") == "Provider: Small or medium-sized"
    assert field_label(activity, "title") == "Service title"
