"""Building packs, and issuing them: both editions are kept as printed, so that next year they are the same bytes."""

import json
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.changes import Action, RecordChange, deleted, present, updated
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Built, Changes, Edition, Item, Meeting, Pack
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk
from ctdesk.services.exempt_guard import ExemptShown, exempt_shown
from ctdesk.services.folders import make_folder
from ctdesk.services.kept_files import bytes_kept, keep_file
from ctdesk.services.logo import logo
from ctdesk.services.pack_changes import changes_since, figures_now
from ctdesk.services.pack_reports import Chosen, drawn, read_choices
from ctdesk.services.packs import items_of
from ctdesk.services.preview import Paper, save_paper

_SAID = ("title", "purpose", "lead", "time", "exempt", "public_title", "late")
_LINK = {Edition.PUBLIC: "public", Edition.RESTRICTED: "restricted"}


def definition(desk: Desk, pack: str, fixed: datetime) -> Pack:
    """Return a pack as the builder takes it, its figures fixed at a moment of the office's own clock."""
    values = desk.load_some("pack", [pack])[pack]
    changes = changes_since(desk, values, figures_now(desk, fixed.date())) if values["changes"] else None
    return _definition(desk, pack, values, fixed, changes)


def draft(desk: Desk, pack: str, edition: Edition, fixed: datetime) -> Built:
    """Return an edition as it would be now. Raises DeskError naming the item that cannot be printed."""
    from ctdesk.reports.pack import build

    return build(definition(desk, pack, fixed), edition)


def issue(desk: Desk, pack: str, fixed: datetime, *, again: bool = False, even_so: bool = False) -> None:
    """Fix the figures of a pack: print both editions and keep them; `again` in place of those kept before.

    Raises DeskError if it has been issued already or an item cannot be printed, and ExemptShown if the public
    edition would show something of an agreement that is marked exempt, unless it is to be issued `even_so`.
    """
    from ctdesk.reports.pack import build

    values = desk.load_some("pack", [pack])[pack]
    if values["issued_on"] and not again:
        raise DeskError(f"{values['name']} has been issued already; open it again to issue it afresh.")
    figures = figures_now(desk, fixed.date())
    changes = changes_since(desk, values, figures) if values["changes"] else None
    whole = _definition(desk, pack, values, fixed, changes)
    built = {edition: build(whole, edition) for edition in Edition}
    shown = exempt_shown(desk, built[Edition.PUBLIC].content, built[Edition.PUBLIC].placed)
    if shown and not even_so:
        raise ExemptShown(shown)
    files: dict[str, bytes] = {}
    kept = {
        edition: keep_file(it.content, file_name(values, edition), FilePurpose.PACK, files)
        for edition, it in built.items()
    }
    after: dict[str, Value] = {_LINK[edition]: change.uid for edition, change in kept.items()}
    after |= {"issued_on": datetime.now(UTC).replace(microsecond=0), "figures": json.dumps(figures)}
    change = updated("pack", pack, values, after)
    steps = present([*_editions_gone(desk, values), *kept.values(), change])
    known = ", though its public edition shows what is marked exempt" if shown else ""
    desk.apply(Action.EDIT, f"Issue {values['name']}{known}", steps, files=files)


def open_again(desk: Desk, pack: str) -> None:
    """Let an issued pack be altered and issued afresh; what was printed can be had back by undoing this."""
    values = desk.load_some("pack", [pack])[pack]
    if not values["issued_on"]:
        return
    files = _editions_gone(desk, values)
    after: dict[str, Value] = dict.fromkeys((*_LINK.values(), "issued_on", "figures"))
    desk.apply(Action.EDIT, f"Open {values['name']} again", present([updated("pack", pack, values, after), *files]))


def _editions_gone(desk: Desk, values: Values) -> list[RecordChange]:
    """Return the letting go of the editions that are kept; their bytes stay for the undo."""
    gone = [str(values[link]) for link in _LINK.values() if values[link]]
    return [deleted("stored_file", uid, kept) for uid, kept in desk.load_some("stored_file", gone).items()]


def issued(desk: Desk, pack: str, edition: Edition) -> bytes:
    """Return an edition as it was issued; DeskError if the pack has not been."""
    values = desk.load_some("pack", [pack])[pack]
    link = values[_LINK[edition]]
    if not link:
        raise DeskError(f"{values['name']} has not been issued yet.")
    return bytes_kept(desk, str(link))


def write_edition(desk: Desk, pack: str, edition: Edition, content: bytes, folder: Path) -> Path:
    """Write an edition into a folder, made if need be, and return its path. DeskError if that cannot be done."""
    values = desk.load_some("pack", [pack])[pack]
    make_folder(folder)
    path = folder / file_name(values, edition)
    save_paper(Paper(path.stem, content), path)
    return path


def file_name(values: Values, edition: Edition) -> str:
    """Return what the file of an edition is called."""
    return Paper(f"{values['name']}, {edition} edition", b"").file_name


def _definition(desk: Desk, pack: str, values: Values, fixed: datetime, changes: Changes | None) -> Pack:
    meeting = desk.load_some("board_meeting", [str(values["meeting"])])[str(values["meeting"])]
    held = meeting["held_on"]
    if not isinstance(held, date):
        raise DeskError(f"The meeting of {values['name']} has no date; give it one.")
    about = Meeting(
        trust=desk.setting("name"),
        board=str(meeting["board"] or ""),
        held_on=held,
        fixed=fixed,
        time=str(meeting["time"] or ""),
        venue=str(meeting["venue"] or ""),
        contact=str(values["contact"] or ""),
        logo=logo(desk),
    )
    return Pack(about, [_item(desk, line.values, fixed) for line in items_of(desk, pack)], changes)


def _item(desk: Desk, values: Values, fixed: datetime) -> Item:
    said = {name: str(values[name] or "") for name in _SAID}
    draw = None
    if values["report"]:
        chosen = read_choices(values["choices"])
        draw = partial(_drawn_at, fixed, desk, str(values["report"]), chosen, public=not values["exempt"])
    elif values["file"]:
        draw = partial(bytes_kept, desk, str(values["file"]))
    return Item(**said, draw=draw, outside=bool(values["file"]), appendix=bool(values["appendix"]))


def _drawn_at(fixed: datetime, desk: Desk, name: str, chosen: Chosen, *, public: bool) -> bytes:
    """Return a report as of the moment to which the pack is fixed, however long the building takes."""
    with clock.standing_at(fixed):
        return drawn(desk, name, chosen, public=public)
