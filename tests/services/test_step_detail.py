"""One step of the history in full, as a person reads it."""

from datetime import date

from ctdesk.services.packs import add_item, new_pack
from ctdesk.services.past import past
from ctdesk.services.step_detail import step_detail


def test_what_a_record_names_stands_by_its_name_and_never_by_its_number(desk):
    pack = new_pack(desk, "Partnership Board", date(2026, 6, 25), name="June board")
    add_item(desk, pack, "Minutes")
    (item,) = step_detail(desk, past(desk)[0].uid).records
    told = {field.label: field.new for field in item.fields}
    assert told["Pack"] == "June board"
    assert pack not in told.values()
