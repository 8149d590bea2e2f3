"""When the Check column of the monitoring workbook takes a figure for a part of one instead of per cent."""

import pytest
from ctdesk.returns.workbook_conditions import PartOfOne, RowCells


@pytest.mark.parametrize(
    ("cell", "is_part"), [(0.84, True), (1, True), (0, False), (84, False), ("0.84", False), (None, False)]
)
def test_a_part_of_one_is_a_number_above_nought_and_not_above_one(cell: object, *, is_part: bool) -> None:
    assert PartOfOne(2).holds(RowCells([None, None, cell])) is is_part
    assert PartOfOne(2).formula == "AND(ISNUMBER($C#row#),$C#row#>0,$C#row#<=1)"
