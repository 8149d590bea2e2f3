"""What may not be published is found on a page in every reasonable form, and not where it stands by chance."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.exempt_text import PageText, Secret, plain
from hypothesis import assume, given
from hypothesis import strategies as st

NAMES = ("CON-0042", "Quokka nursing")


def shown(what, text, beside=NAMES, **told) -> bool:
    return Secret("it", what, beside, **told).shown(PageText(text))


@pytest.mark.parametrize(
    "form",
    [
        "£1,234,500", "1,234,500", "£1234500", "1234500", "1 234 500", "£1\u00a0234\u00a0500", "£1,234,500.00",
        "£1.2m", "£1.23m", "£1.2 million", "1.2 Million", "1.2mn", "£1,234k", "£1,235k", "1,234.5k", "£1.2345m",
        "£1,200,000", "£1,230,000", "GBP 1.2m", "(£1.2m)", "£1,234,\n500", "roughly £1.2m.",
    ],
)  # fmt: skip
def test_a_sum_is_found_rounded_and_written_in_any_way(form):
    assert shown(Decimal(1_234_500), f"Quokka nursing costs {form} a year")


@pytest.mark.parametrize(
    "text",
    ["£1.3m", "£1.1m", "£1m", "1,234 children", "1234", "12345", "£1.25m", "Page 1 of 234,500", "£12,345,000", "£123k"],
)
def test_another_sum_is_not_taken_for_it(text):
    assert not shown(Decimal(1_234_500), f"Quokka nursing: {text}")


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (1_234_567, "£1,234,567"),
        (642_800, "£642,800"),
        (642_800, "£642.8k"),
        (45_000, "£45,000"),
        (1_200_000, "1,200,000"),
    ],
)
def test_a_sum_that_is_told_of_nothing_else_is_found_wherever_it_stands(pounds, said):
    assert shown(Decimal(pounds), f"Somebody asked for {said} last spring")


@pytest.mark.parametrize(
    ("pounds", "said"),
    [(2_000_000, "£2,000,000"), (1_234_567, "£1.2m"), (1_200_000, "£1.2m"), (342_000, "£342k"), (642_800, "£643,000")],
)
def test_a_round_or_rounded_sum_is_found_only_beside_its_name(pounds, said):
    assert not shown(Decimal(pounds), f"Somebody asked for {said} last spring")
    assert shown(Decimal(pounds), f"For CON-0042 somebody asked for {said} last spring")


def test_a_sum_that_is_published_of_something_else_is_found_only_beside_its_name():
    published = frozenset({Decimal(642_800)})
    assert not shown(Decimal(642_800), "Somebody asked for £642,800", published=published)
    assert shown(Decimal(642_800), "For CON-0042 somebody asked for £642,800", published=published)


def test_another_published_sum_is_not_taken_for_it_rounded():
    page = "CON-0042 and what costs £88,000"
    assert shown(Decimal(87_900), page)
    assert not shown(Decimal(87_900), page, published=frozenset({Decimal(88_000)}))
    assert shown(Decimal(87_900), "CON-0042 costs £88k", published=frozenset({Decimal(88_000)}))


def test_a_longer_name_is_not_taken_for_the_one_it_begins_with():
    longer = ("Quokka nursing from 2026",)
    assert shown("Quokka nursing", "Quokka nursing from 2026", ())
    assert not shown("Quokka nursing", "About Quokka nursing from 2026", (), longer=longer)
    assert shown("Quokka nursing", "Quokka nursing, then Quokka nursing from 2026", (), longer=longer)
    assert not shown(Decimal(342_000), "Quokka nursing from 2026 costs £342k", ("Quokka nursing",), longer=longer)


@given(st.integers(1_000, 10**9), st.sampled_from(["{:,}", "£{:,}", "£{:,.2f}", "£{}"]), st.booleans())
def test_no_sum_but_a_round_one_is_passed_over_unless_it_is_published(pounds, form, published):
    assume(len(str(pounds).rstrip("0")) > 1)
    others = frozenset({Decimal(pounds)}) if published else frozenset()
    assert shown(Decimal(pounds), f"Someone 2 3 {form.format(pounds)}; 4 55", published=others) is not published


def test_a_figure_in_a_table_of_thousands_is_found():
    assert shown(Decimal(342_000), "Quokka nursing £000 a year 2026/27 342")
    assert not shown(Decimal(342_000), "Quokka nursing reached 342 children")


@given(st.integers(10_000, 10**9), st.sampled_from(["{:,}", "£{:,}", "{}", "£{:,.2f}", "£ {:,}"]))
def test_any_sum_is_found_as_it_is_commonly_written(pounds, form):
    assert shown(Decimal(pounds), f"2 3 Quokka nursing 17 {form.format(pounds)} 4 55")


ROUNDED = [(".1f", "m", 10**6), (".2f", " million", 10**6), (",.0f", "k", 1000)]


@given(st.integers(1_100_000, 10**9), st.sampled_from(ROUNDED))
def test_any_sum_is_found_as_it_is_rounded(pounds, form):
    digits, scale, times = form
    told = f"{pounds / times:{digits}}"
    assume(len(told.replace(",", "").replace(".", "").strip("0")) > 1)
    assert shown(Decimal(pounds), f"Quokka nursing: £{told}{scale}")


@pytest.mark.parametrize(
    "form",
    [
        "22/07/2026", "22.7.26", "2026-07-22", "22 July 2026", "22nd July 2026", "22nd of July 2026", "July 22, 2026",
        "22 Jul 2026", "July 2026", "22 July\n2026", "22/07/\n2026", "Wednesday, 22 July 2026", "22-07-2026",
    ],
)  # fmt: skip
def test_a_date_is_found_in_any_form(form):
    assert shown(date(2026, 7, 22), f"Quokka nursing ends on {form}.")
    assert not shown(date(2026, 7, 22), f"Something else ends on {form}.")


@pytest.mark.parametrize("text", ["23/07/2026", "22 July 2025", "August 2026", "22/08/2026"])
def test_another_date_is_not_taken_for_it(text):
    assert not shown(date(2026, 7, 22), f"Quokka nursing ends on {text}")


@pytest.mark.parametrize(
    "form",
    [
        "Bellfounders Family Trust", "BELLFOUNDERS FAMILY TRUST", "Bell-\nfounders Family Trust",
        "Bellfounders  Family\nTrust", "Bellfounders Fam\u00adily Trust", "BellfoundersFamilyTrust",
        "B e l l f o u n d e r s Family Trust", "“Bellfounders Family Trust”,", "Bellfounders’ Family Trust",
    ],
)  # fmt: skip
def test_a_name_is_found_in_running_text(form):
    assert shown("Bellfounders Family Trust", f"The new manager of {form} wrote to us.", ())


def test_ligatures_accents_and_ampersands_are_the_same():
    assert plain("Oﬃce & Café") == plain("office and cafe")
    assert shown("Confident First Office", "Con\ufb01dent First O\ufb03ce wrote", ())


def test_a_short_name_is_found_as_a_word_only():
    assert shown("Arch", "ask Arch about it", ())
    assert not shown("Arch", "the archive", ())
    assert not shown("Oak", "an oak", ())
