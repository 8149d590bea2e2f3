"""Sheets are named as every spreadsheet program bears it, and no two alike."""

import pytest
from ctdesk.returns.sheet_names import sheet_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Overlaps", "Overlaps"),
        ("Cost/place: [2026]", "Cost place 2026"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        (" */? ", "Figures"),
    ],
)
def test_words_become_a_name(words: str, name: str) -> None:
    assert sheet_name(words, (), "Figures") == name


def test_names_that_are_taken_are_counted_on() -> None:
    names: list[str] = []
    for words in ("Cost", "COST", "cost", "c" * 40, "C" * 40):
        names.append(sheet_name(words, names, "Figures"))
    assert names == ["Cost", "COST (2)", "cost (3)", "c" * 31, "C" * 27 + " (2)"]
