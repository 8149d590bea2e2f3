"""Framework files: the shipped ones are whole, and every slip in a hand-written one is named in one sentence."""

from pathlib import Path

import pytest
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.records.workspace import LIST_LABELS
from ctdesk.services.frameworks import framework, list_records, shipped

CODES_RULES_RELY_ON = {
    "agreement_type": {
        "contract",
        "service_level_agreement",
        "grant",
        "in_house",
        "spot_purchase",
        "framework",
        "call_off",
    },
    "arrangement": {"single_agency", "aligned", "joint", "pooled"},
    "intention": {"continue", "recommission", "vary", "decommission", "undecided"},
    "term": {"permanent", "fixed_term"},
}


def codes(name: str, of: str) -> list[str]:
    """Return the codes of one list of a shipped framework, in order."""
    return [entry.code for entry in framework(of).lists[name]]


def written(folder: Path, text: str) -> str:
    """Return the path of a hand-written framework file."""
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_framework_holds_every_list_with_the_codes_that_rules_rely_on(name: str) -> None:
    found = framework(name)
    assert tuple(found.lists) == tuple(LIST_LABELS)
    assert all(found.lists.values())
    assert all(expected <= set(codes(of, name)) for of, expected in CODES_RULES_RELY_ON.items())


@pytest.mark.parametrize("name", shipped())
def test_every_meaning_belongs_to_an_entry(name: str) -> None:
    found = framework(name)
    assert all(set(found.meanings[of]) <= set(codes(of, name)) for of in LIST_LABELS)


def test_every_list_a_record_uses_is_in_the_frameworks() -> None:
    used = {field.list for definition in DEFINITIONS.values() for field in definition.fields if field.list}
    assert used <= set(LIST_LABELS)


def test_every_child_matters_has_five_outcomes_nine_steps_and_fourteen_skills() -> None:
    assert [len(codes(of, "every-child-matters")) for of in ("outcome", "tier", "cycle_stage", "skill")] == [
        5,
        3,
        9,
        14,
    ]


def test_steps_have_short_labels_for_narrow_columns() -> None:
    shorts = [entry.short for entry in framework("every-child-matters").lists["cycle_stage"]]
    assert shorts == ["Outcomes", "Groups", "Needs", "Resources", "Pattern", "How to buy", "Buy", "Workforce", "Review"]


def test_another_framework_has_seven_outcomes_and_four_tiers_and_shares_the_rest() -> None:
    seven, five = framework("seven-outcomes"), framework("every-child-matters")
    assert [len(seven.lists[of]) for of in ("outcome", "tier")] == [7, 4]
    assert seven.lists["skill"] == five.lists["skill"]
    assert seven.meanings["tier"].keys() == {"tier_1", "tier_2", "tier_3", "tier_4"}


def test_usual_spellings_are_understood() -> None:
    lists = ReferenceLists(framework("every-child-matters").lists)
    assert lists.find("agreement_type", "sla") == "service_level_agreement"
    assert lists.find("tier", "tier 1") == "universal"
    assert lists.find("sector", "VCS") == "voluntary"
    assert lists.find("funding_source", "nhs") == "nhs_allocation"
    assert lists.find("outcome", "Achieve Economic Wellbeing") == "economic_well_being"


def test_list_records_keep_order_spellings_and_meanings() -> None:
    changes = list_records(framework("every-child-matters"))
    assert len({change.uid for change in changes}) == len(changes)
    first = next(change.after for change in changes if change.after["list"] == "tier")
    assert first == {
        "list": "tier",
        "code": "universal",
        "label": "Universal",
        "position": 1,
        "retired": False,
        "aliases": "Tier 1",
        "description": "Open to every child.",
    }


def test_a_file_of_ones_own_may_rest_on_a_shipped_framework(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'title = "Ours"\nbased_on = "seven-outcomes"\n[lists]\nterm = [{ code = "x", label = "X" }]\n'
    )
    ours = framework(path)
    assert (ours.name, ours.title, len(ours.lists["outcome"]), len(ours.lists["term"])) == ("ours", "Ours", 7, 1)


BASED = 'title = "Ours"\nbased_on = "every-child-matters"\n[lists]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "ours.toml cannot be read as TOML"),
        ('title = "Ours"', "the list sector (Sector) is missing or empty"),
        (BASED.replace('title = "Ours"', ""), "ours.toml has no title"),
        (BASED.replace("every-child", "no-child"), "ours.toml is based on no-child-matters"),
        ('title = "Ours"\nlists = 3', "lists must be a table"),
        (BASED + "tier = []", "the list tier (Tier) is missing or empty"),
        (BASED + "tiers = []", "there is no list called tiers"),
        (BASED + 'tier = "Universal"', "list tier: put its entries between"),
        (BASED + 'tier = [{ code = "a", label = "A" }, { code = "a", label = "B" }]', "tier: the code a stands twice"),
        (
            BASED + 'tier = [{ code = "a", label = "A" }, { code = "b", label = "B", aliases = ["a"] }]',
            "tier: “a” stands for both a and b",
        ),
        (BASED + 'tier = [{ label = "A" }]', "list tier, entry 1: give it a code"),
        (BASED + 'tier = [{ code = "Tier one", label = "A" }]', "entry Tier one: give it a code"),
        (BASED + 'tier = [{ code = "a" }]', "list tier, entry a has no label"),
        (BASED + 'tier = [{ code = "a", label = 1 }]', "entry a: label must be a text"),
        (BASED + 'tier = [{ code = "a", label = "A", colour = "red" }]', "entry a: colour is not known"),
        (BASED + 'tier = [{ code = "a", label = "A", aliases = "B" }]', "entry a: aliases must be texts"),
        (BASED + 'tier = [{ code = "a", label = "A", aliases = ["B;C"] }]', "entry a: aliases must be texts"),
    ],
)
def test_a_slip_in_a_framework_file_is_named_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DeskError) as fault:
        framework(written(tmp_path, text))
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DeskError, match="not a text file in UTF-8"):
        framework(str(path))


def test_an_unknown_framework_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DeskError, match="every-child-matters, seven-outcomes"):
        framework("six-outcomes")
