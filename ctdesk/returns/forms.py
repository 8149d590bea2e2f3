"""The forms that travel: the baseline workbook of an agency, the monitoring workbook of one agreement."""

from collections.abc import Callable
from dataclasses import dataclass

from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.returns.layout import FORM_VERSION, SheetLayout, baseline_layout
from ctdesk.returns.monitoring_layout import MONITORING_VERSION, monitoring_layout


@dataclass(frozen=True, slots=True)
class Form:
    """One form of workbook: what its hidden sheet calls it, its kinds of record in order, its sheets and words.

    `subject` stands among the file's properties, `steps` and `notes` on its first sheet, `begin` in the banner of a
    workbook nobody has begun. `named_by` are the kinds whose titles a hand-back names its questions by.
    """

    version: str
    kinds: tuple[str, ...]
    layouts: Callable[[ReferenceLists, str], tuple[SheetLayout, ...]]
    """Makes the sheets from a workspace's lists and the period asked about, which is empty for a baseline."""
    subject: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    begin: str

    def sheets(self, lists: ReferenceLists) -> str:
        """Return the names of its data sheets for a sentence."""
        return ", ".join(layout.name for layout in self.layouts(lists, ""))


BASELINE = Form(
    version=FORM_VERSION,
    kinds=("activity", "post", "funding_line"),
    layouts=lambda lists, _period: baseline_layout(lists),
    subject="What the agency commissions and who does the commissioning",
    steps=(
        (
            "1.  Go through Activity row by row: it holds what we know. Correct what is no longer so, and fill what is "
            "yellow."
        ),
        (
            "2.  Answer Still yours? in every row. A service that has ended stays in its row: say Ended and give the "
            "end date."
        ),
        (
            "3.  Put services we do not know of in the empty rows below, or insert rows. Leave Reference and Key empty "
            "there."
        ),
        "4.  Then Staffing in the same way: each post that gives time to commissioning, by job title, never by name.",
        "5.  Funding is only for a service paid from more than one source, or with other sums in other years.",
        "6.  What you do not know, leave empty. To say that a cell should become empty, type the word clear in it.",
    ),
    notes=(
        "You may sort, filter, paste, insert and delete rows. There are no macros here and no links to other files.",
        (
            "Nothing that points to a child, a family or a worker belongs in this file: every partner’s commissioners "
            "read it."
        ),
        "The hidden sheet _ctdesk tells the desk which form, round, agency and issue this is, and which row is which.",
    ),
    begin="Nothing is filled in yet. Begin on the sheet Activity.",
)

MONITORING = Form(
    version=MONITORING_VERSION,
    kinds=("measure_result", "period_count", "period_money", "action"),
    layouts=monitoring_layout,
    subject="What an agreement achieved in one period",
    steps=(
        "1.  Measures: give what was reached in the period under Actual. For a rate, give both its parts as well.",
        "2.  State compares it with the target. Where it is red or amber, say under Commentary why, and what you do.",
        (
            "3.  Users and incidents: count each child once in All users; the ages add up to them. Put 0 where there "
            "were none."
        ),
        "4.  Money and staff: give what was spent and who was in post, and say why where it is not as planned.",
        "5.  Actions: say of each where it stands and what has been done.",
        "6.  What you do not know, leave empty, and say so under Commentary or Note.",
    ),
    notes=(
        "You may sort, filter and paste. There are no macros here and no links to other files.",
        "Nothing that points to a child, a family or a worker belongs in this file.",
        (
            "The hidden sheet _ctdesk tells the desk which form, period, agreement and issue this is, and which row is "
            "which."
        ),
    ),
    begin="Nothing is filled in yet. Begin on the sheet Measures.",
)

FORMS = {form.version: form for form in (BASELINE, MONITORING)}
"""Every form this desk reads, by its version."""


def form_called(version: str, file: str) -> Form:
    """Return the form a workbook says it is of; DeskError if this desk does not read it."""
    if version not in FORMS:
        raise DeskError(
            f"{file} is of form version {version or 'unknown'}, and this desk reads {' and '.join(FORMS)}; "
            "send the agency a fresh workbook."
        )
    return FORMS[version]
