"""What a workspace or a backup holds, told without opening it to work in."""

from dataclasses import dataclass
from pathlib import Path

from ctdesk.db.history import ChangeSetLine
from ctdesk.db.totals import totals
from ctdesk.db.workspace import Workspace
from ctdesk.domain.dates import date_text
from ctdesk.services.desk import Desk
from ctdesk.services.naming import counted
from ctdesk.services.past import past

_COUNTED = ("activity", "post", "organisation", "round")


@dataclass(frozen=True, slots=True)
class Holdings:
    """A file's name for itself, its records counted in words, and its steps, the newest first."""

    name: str
    counted: tuple[str, ...]
    steps: tuple[ChangeSetLine, ...]

    @property
    def words(self) -> str:
        """Return all of it in two sentences."""
        holds = f"It holds {self.name}: {', '.join(self.counted) or 'no records yet'}."
        if not self.steps:
            return holds
        last = self.steps[0]
        when = f"{date_text(last.when)} {last.when:%H:%M}"
        return f"{holds} Its last step is {last.number}, “{last.title}”, by {last.who} on {when}."


def holdings(path: Path) -> Holdings:
    """Look at a file that nobody here has open; older forms too. Raises DeskError if it cannot be read."""
    with Workspace.open(path, read_only=True) as workspace:
        desk = Desk(workspace, "")
        found = [(kind, totals(workspace, kind)[0].count) for kind in _COUNTED]
        return Holdings(
            name=desk.setting("name"),
            counted=tuple(counted(kind, count) for kind, count in found if count),
            steps=tuple(past(desk)),
        )


def is_copy_of(held: Holdings, desk: Desk) -> bool:
    """Whether a file is another state of the desk's workspace: both begin with the same step."""
    own = past(desk)
    return bool(own and held.steps) and own[-1].uid == held.steps[-1].uid


def steps_since(held: Holdings, desk: Desk) -> list[ChangeSetLine]:
    """Return the steps of the desk's workspace that a file does not know, the newest first."""
    known = {step.uid for step in held.steps}
    return [step for step in past(desk) if step.uid not in known]
