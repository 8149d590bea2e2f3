"""The forms that travel: the baseline workbook of an agency, the monitoring workbook of one agreement."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.returns.layout import FORM_VERSION, SheetLayout, baseline_layout
from ctdesk.returns.monitoring_layout import MONITORING_VERSION, monitoring_layout


@dataclass(frozen=True, slots=True)
class Form:
    """One form of workbook: what its hidden sheet calls it, its kinds of record in order, its sheets and words.

    `subject` stands among the file's properties, `steps` and `notes` on its first sheet. A step is about the sheet of
    one kind of record, or, where that is empty, about all.
    """

    version: str
    kinds: tuple[str, ...]
    layouts: Callable[[ReferenceLists, str], tuple[SheetLayout, ...]]
    """Makes the sheets from a workspace's lists and the period asked about, which is empty for a baseline."""
    subject: str
    steps: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    def sheets(self, lists: ReferenceLists) -> str:
        """Return the names of its data sheets for a sentence."""
        return ", ".join(layout.name for layout in self.layouts(lists, ""))

    @property
    def numbered_steps(self) -> list[str]:
        """The steps as they stand on the first sheet."""
        return [f"{number}.  {words}" for number, (_, words) in enumerate(self.steps, start=1)]

    def only(self, kinds: Collection[str]) -> "Form":
        """Return the form with the sheets of some kinds alone."""
        if {*self.kinds} <= {*kinds}:
            return self

        def layouts(lists: ReferenceLists, period: str) -> tuple[SheetLayout, ...]:
            return tuple(layout for layout in self.layouts(lists, period) if layout.kind in kinds)

        steps = tuple(step for step in self.steps if not step[0] or step[0] in kinds)
        return replace(self, kinds=tuple(kind for kind in self.kinds if kind in kinds), layouts=layouts, steps=steps)


BASELINE = Form(
    version=FORM_VERSION,
    kinds=("activity", "post", "funding_line"),
    layouts=lambda lists, _period: baseline_layout(lists),
    subject="What the agency commissions and who does the commissioning",
    steps=(
        (
            "activity",
            "Go through Activity row by row: it holds what we know. Correct what is no longer so; fill what is yellow.",
        ),
        (
            "activity",
            "Answer Still yours? in every row. A service that has ended stays in its row: say Ended and when.",
        ),
        (
            "activity",
            "Put services we do not know of in the empty rows below, or insert rows; leave Reference and Key empty.",
        ),
        ("post", "Staffing in the same way: each post that gives time to commissioning, by job title, never by name."),
        (
            "funding_line",
            "Funding is only for a service paid from more than one source, or with other sums in other years.",
        ),
        ("", "What you do not know, leave empty. To say that a cell should become empty, type the word clear in it."),
    ),
    notes=(
        "You may sort, filter, paste, insert and delete rows. There are no macros here and no links to other files.",
        (
            "Nothing that points to a child, a family or a worker belongs in this file: every partner’s commissioners "
            "read it."
        ),
        "The hidden sheet _ctdesk tells the desk which form, round, agency and issue this is, and which row is which.",
    ),
)

MONITORING = Form(
    version=MONITORING_VERSION,
    kinds=("measure_result", "period_count", "period_money", "action"),
    layouts=monitoring_layout,
    subject="What an agreement achieved in one period",
    steps=(
        (
            "measure_result",
            "Measures: give what was reached in the period under Actual. For a rate, give both its parts as well.",
        ),
        (
            "measure_result",
            "State compares it with the target. Where it is red or amber, say under Commentary why, and what you do.",
        ),
        (
            "period_count",
            "Users and incidents: count each child once in All users; the ages add up. Put 0 where there were none.",
        ),
        (
            "period_money",
            "Money and staff: give what was spent and who was in post, and say why where it is not as planned.",
        ),
        ("action", "Actions: say of each where it stands and what has been done."),
        ("", "What you do not know, leave empty, and say so under Commentary or Note."),
    ),
    notes=(
        "You may sort, filter and paste. There are no macros here and no links to other files.",
        "Nothing that points to a child, a family or a worker belongs in this file.",
        (
            "The hidden sheet _ctdesk tells the desk which form, period, agreement and issue this is, and which row is "
            "which."
        ),
    ),
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
