"""Making a new workspace: its lists from a framework, its name, nothing else."""

from pathlib import Path

from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, ChangeSet, created
from ctdesk.services.desk import DEFAULTS, who_am_i
from ctdesk.services.frameworks import framework, list_records

STANDARD_FRAMEWORK = "every-child-matters"


def create_workspace(path: Path, *, framework_name: str = STANDARD_FRAMEWORK, name: str | None = None) -> Workspace:
    """Make a workspace with the lists of a framework and return it open.

    Raises DeskError if the framework is at fault, or the file exists already or cannot be made.
    """
    source = framework(framework_name)
    settings = {**DEFAULTS, "name": name or path.stem, "framework": source.title}
    changes = [created("setting", {"name": key, "value": value}) for key, value in settings.items() if value]
    first = ChangeSet(
        action=Action.NEW,
        title=f"New workspace with the lists of {source.title}",
        who=who_am_i(),
        changes=(*changes, *list_records(source)),
    )
    return Workspace.create(path, first)
