"""Writing the workbooks that go out to agencies.

XlsxWriter makes them: beside openpyxl it is twice as fast, keeps every validation, note and conditional format it is
given, and stores a result beside each formula; reading a file back to alter it, which it cannot, is not needed here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ctdesk.domain.definition import Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.names import Names
from ctdesk.domain.outgoing import refuse
from ctdesk.returns.forms import BASELINE, Form
from ctdesk.returns.layout import SheetLayout


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a data sheet: a record's values, or, in a hand-back, the cells as the agency typed them.

    `raw` maps column headings to cells exactly as returned; where it is given it stands instead of `values`.
    `shown` maps headings of columns that are no fields of the record, such as earlier periods, to what stands there.
    """

    uid: str
    key: str
    values: Values
    raw: Mapping[str, object] = field(default_factory=dict)
    shown: Mapping[str, str | float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestBook:
    """All that one agency's workbook says. `rows` are by kind of record and are that agency's alone.

    Of a monitoring workbook `agency` is the provider, `about` names the agreement, and `period` is what it asks about.
    """

    trust: str
    round: str
    as_at: date
    due: date
    agency: str
    round_uid: str
    agency_uid: str
    request_uid: str
    issue: int
    reply_to: str
    team: str
    rows: Mapping[str, Sequence[SheetRow]]
    lists: ReferenceLists
    names: Names
    providers: Sequence[str]
    form: Form = BASELINE
    about: str = ""
    period: str = ""

    @property
    def layouts(self) -> tuple[SheetLayout, ...]:
        """The data sheets of its form."""
        return self.form.layouts(self.lists, self.period)


def hidden_sheet(book: RequestBook) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of `_ctdesk`: what the workbook says of itself, then sheet, key and uid of each row."""
    yield ("form_version", book.form.version)
    yield ("round", book.round)
    yield ("round_uid", book.round_uid)
    yield ("agency", book.agency)
    yield ("agency_uid", book.agency_uid)
    yield ("request_uid", book.request_uid)
    yield ("issue", book.issue)
    yield ("as_at", book.as_at.isoformat())
    if book.period:
        yield ("period", book.period)
        yield ("agreement", book.about)
    yield ()
    yield ("sheet", "key", "uid")
    for layout in book.layouts:
        for row in book.rows.get(layout.kind, ()):
            if row.key:
                yield (layout.name, row.key, row.uid)


def write_workbook(book: RequestBook, path: Path) -> None:
    """Write one agency's workbook; raises DeskError as `write_workbooks` does."""
    write_workbooks([(book, path)])


def write_workbooks(books: Iterable[tuple[RequestBook, Path]]) -> None:
    """Write many workbooks; those of one round are copies of one template, filled with each agency's own rows.

    Raises DeskError if a text is too long for a cell or a file cannot be written.
    """
    from ctdesk.returns.workbook_copies import Template

    template: Template | None = None
    for book, path in books:
        if template is None or not template.fits(book):
            template = Template(book)
        save(path, template.copy_for(book), authors=[book.trust])


def save(path: Path, content: bytes, *, authors: Sequence[str] = ()) -> None:
    """Write a workbook or .csv; raises DeskError if it cannot be written, or would give something away.

    `authors` are the names that may stand in its properties.
    """
    from ctdesk.returns.outgoing import csv_remarks, workbook_remarks

    is_csv = path.suffix.lower() == ".csv"
    refuse(
        path,
        csv_remarks(content, texts=False) if is_csv else workbook_remarks(content, authors=authors, texts=False),
    )
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise DeskError(
            f"{path} cannot be written ({fault.strerror}); close it if it is open somewhere, or choose another folder."
        ) from fault
