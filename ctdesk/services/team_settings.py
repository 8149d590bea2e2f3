"""What the team has settled about how its desk works: its names, its address, and how returns are judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ctdesk.domain.age_bands import STANDARD, bands_text, read_bands
from ctdesk.domain.changes import Action, ChangeSet, created, present, updated
from ctdesk.domain.checks import check_value
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class TeamSetting:
    """One setting: its name inside the file, what people call it, what it does, and its unit and bounds if a number."""

    name: str
    label: str
    help: str
    unit: str = ""
    least: int = 0
    most: int = 0


TEAM_SETTINGS = (
    TeamSetting("name", "Trust or partnership", "Stands on every workbook, message and report."),
    TeamSetting("team", "Your team", "Signs the messages that go with the workbooks."),
    TeamSetting("reply_to", "Reply-to address", "Where agencies send their workbooks back."),
    TeamSetting("address", "Postal address", "Stands at the head of letters; put ; between its lines."),
    TeamSetting(
        "variance_percent",
        "Variance asked about",
        "A value that moved by more than this since last time is to be explained.",
        "%",
        1,
        1000,
    ),
    TeamSetting(
        "answer_days", "Days to answer", "How long an agency has to answer questions handed back.", "days", 1, 365
    ),
    TeamSetting(
        "ending_months", "Agreements count as ending", "How long before its end an agreement does.", "months", 1, 60
    ),
    TeamSetting(
        "decision_days",
        "Time to decide",
        "How long before a deadline, where no date of a board is known.",
        "days",
        1,
        365,
    ),
    TeamSetting("keep_days", "Backups: all of the last", "Every one of so many days is kept.", "days", 1, 60),
    TeamSetting("keep_daily", "Then the last of each day", "For so many days that have one.", "days", 1, 366),
    TeamSetting("keep_weekly", "Then the last of each week", "For so many weeks that have one.", "weeks", 1, 260),
    TeamSetting("keep_monthly", "Then the last of each month", "For so many months that have one.", "months", 1, 120),
    TeamSetting("second_place", "Second place for backups", "A folder on another disk or drive; empty for none."),
    TeamSetting(
        "keep_years", "Records are kept", "How long after its end an agreement or activity is.", "years", 1, 99
    ),
    TeamSetting(
        "smallest",
        "Smallest number published",
        "Fewer people than this, and what would tell them, are left out of public editions.",
        "people",
        2,
        50,
    ),
    TeamSetting("age_bands", "Age bands", "How the service map parts ages, for instance School age: 5-12."),
)
"""The settings a person may change, in the order they are shown."""

_BY_NAME = {setting.name: setting for setting in TEAM_SETTINGS}


def team_settings(desk: Desk) -> dict[str, str]:
    """Return what every setting is at, or is by default."""
    return {setting.name: desk.setting(setting.name) for setting in TEAM_SETTINGS}


def save_settings(desk: Desk, typed: Mapping[str, str]) -> ChangeSet | None:
    """Change settings to what was typed, as one change set; None if they are so already.

    Raises DeskError naming the setting that cannot be so.
    """
    wanted = {name: read_setting(name, text) for name, text in typed.items()}
    _refuse_absent_folder(desk, wanted.get("second_place", ""))
    held = {str(values["name"]): (uid, values) for uid, values in desk.load("setting").items()}
    changes = [
        updated("setting", held[name][0], held[name][1], {"value": value or None})
        if name in held
        else (created("setting", {"name": name, "value": value}) if value != desk.setting(name) else None)
        for name, value in wanted.items()
    ]
    changing = present(changes)
    if not changing:
        return None
    labels = [_BY_NAME[name].label for name, value in wanted.items() if value != desk.setting(name)]
    return desk.apply(Action.EDIT, f"Settings: {', '.join(labels)}", changing)


def read_setting(name: str, typed: str) -> str:
    """Return a typed setting as it is kept; DeskError if it cannot be so."""
    setting, text = _BY_NAME[name], " ".join(typed.split())
    if setting.most:
        return _number(setting, text)
    if name == "name" and not text:
        raise DeskError(f"{setting.label}: type a name; it stands on every workbook and report.")
    if name == "reply_to" and text and any(check_value(DEFINITIONS["contact"]["email"], text)):
        raise DeskError(f"{setting.label}: “{text}” is not an e-mail address.")
    if name == "second_place":
        return typed.strip()
    return _age_bands(text) if name == "age_bands" else text


def _refuse_absent_folder(desk: Desk, typed: str) -> None:
    """Refuse a new second place that is not there; one that was there and is only not connected stays as it is."""
    is_there = Path(typed).is_absolute() and Path(typed).is_dir()
    if typed and typed != desk.setting("second_place") and not is_there:
        label = _BY_NAME["second_place"].label
        raise DeskError(f"{label}: there is no folder {typed}; give the whole path of one that is there.")


def _age_bands(text: str) -> str:
    try:
        return bands_text(read_bands(text))
    except ValueError as fault:
        raise DeskError(f"The age bands {fault}; write them like {bands_text(STANDARD)}.") from fault


def _number(setting: TeamSetting, text: str) -> str:
    digits = text.removesuffix(setting.unit).strip()
    if not digits.isdecimal() or not setting.least <= int(digits) <= setting.most:
        raise DeskError(f"{setting.label}: type a whole number from {setting.least} to {setting.most}.")
    return str(int(digits))
