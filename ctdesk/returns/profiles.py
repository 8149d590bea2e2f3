"""Profiles of registers: which column of somebody else's spreadsheet is which field, kept as TOML for next time."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ctdesk.domain.definition import Field
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS, RecordDefinition
from ctdesk.resources import resource

_KEYS = {"name", "kind", "sheet", "ignore", "fields", "constants", "values"}


@dataclass(frozen=True)
class Profile:
    """How the registers of one source are read.

    `columns` says for each heading which field it fills; of several for one field, the first that holds
    something in a row is taken, in this order. A field may belong to a linked record: `provider.charity_number`.
    `constants` fill fields that the register does not have. `ignore` are headings known and not wanted.
    `values` turn the register's words into those of the desk's lists, field by field.
    """

    name: str
    kind: str
    columns: Mapping[str, str]
    constants: Mapping[str, object] = field(default_factory=dict)
    sheet: str | None = None
    ignore: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def field_of(definition: RecordDefinition, name: str) -> Field | None:
    """Return the field of that name, or of a record it links to (`provider.charity_number`); None if there is none."""
    own, _, part = name.partition(".")
    found = definition.by_name.get(own)
    if not part or found is None or found.target is None:
        return None if part else found
    return DEFINITIONS[found.target].by_name.get(part)


def load_profile(name_or_path: str | Path) -> Profile:
    """Return a shipped profile by its name, or one from a file.

    Raises DeskError, in one sentence, if there is none such or the file is not a profile.
    """
    wanted = str(name_or_path).casefold().removesuffix(".toml")
    for path in _shipped_paths():
        if wanted in {path.stem.casefold(), _read(path).name.casefold()}:
            return _read(path)
    path = Path(name_or_path)
    if not path.is_file():
        names = ", ".join(path.stem for path in _shipped_paths())
        raise DeskError(f"There is no profile {name_or_path}; give the path of a profile file or one of {names}.")
    return _parse(path)


def shipped_profiles() -> list[Profile]:
    """Return the profiles that come with the program."""
    return [_read(path) for path in _shipped_paths()]


def _shipped_paths() -> list[Path]:
    return sorted(resource("profiles").glob("*.toml"))


@lru_cache(maxsize=16)
def _read(path: Path) -> Profile:
    return _parse(path)


def _parse(path: Path) -> Profile:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return _profile(path, content)
    except OSError as error:
        raise DeskError(f"The profile {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeskError(f"The profile {path} is not a TOML file: {error}.") from error
    except (AttributeError, TypeError) as error:
        raise DeskError(f"The profile {path} is not laid out as a profile; compare it with a shipped one.") from error


def _profile(path: Path, content: dict[str, Any]) -> Profile:
    if unknown := sorted(content.keys() - _KEYS):
        raise DeskError(f"The profile {path} holds “{unknown[0]}”, which a profile does not have.")
    kind = content.get("kind", "")
    if kind not in DEFINITIONS:
        raise DeskError(f'The profile {path} is for “{kind}”, which is no kind of record; say kind = "activity".')
    profile = Profile(
        name=str(content.get("name", path.stem)),
        kind=kind,
        columns=_columns(content.get("fields", {})),
        constants=dict(content.get("constants", {}).items()),
        sheet=content.get("sheet"),
        ignore=tuple(map(str, content.get("ignore", ()))),
        values={name: {str(cell): str(word) for cell, word in words.items()} for name, words in _tables(content)},
    )
    _check_fields(path, profile)
    return profile


def _columns(fields: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {
        heading: name
        for name, headings in fields.items()
        for heading in ([headings] if isinstance(headings, str) else headings)
    }


def _tables(content: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, object]]]:
    tables: Mapping[str, Mapping[str, object]] = content.get("values", {})
    return tables.items()


def _check_fields(path: Path, profile: Profile) -> None:
    definition = DEFINITIONS[profile.kind]
    for name in (*profile.columns.values(), *profile.constants, *profile.values):
        if field_of(definition, name) is None:
            raise DeskError(f"The profile {path} names the field “{name}”, which {definition.plural.lower()} lack.")


def save_profile(profile: Profile, path: Path) -> None:
    """Write a profile as TOML, so that `load_profile` gives it back; DeskError if it cannot be written."""
    lines = [f"name = {_toml(profile.name)}", f"kind = {_toml(profile.kind)}"]
    if profile.sheet is not None:
        lines.append(f"sheet = {_toml(profile.sheet)}")
    if profile.ignore:
        lines.append(f"ignore = {_toml(list(profile.ignore))}")
    lines += ["", "# field = heading, or headings in the order in which they are tried", "[fields]"]
    lines += [f"{_toml(name)} = {_toml(headings)}" for name, headings in _headings_by_field(profile).items()]
    if profile.constants:
        lines += ["", "[constants]", *(f"{_toml(name)} = {_toml(value)}" for name, value in profile.constants.items())]
    for name, words in profile.values.items():
        lines += ["", f"[values.{_toml(name)}]", *(f"{_toml(cell)} = {_toml(word)}" for cell, word in words.items())]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise DeskError(f"The profile cannot be written to {path}: {error.strerror}.") from error


def _headings_by_field(profile: Profile) -> dict[str, str | list[str]]:
    fields: dict[str, list[str]] = {}
    for heading, name in profile.columns.items():
        fields.setdefault(name, []).append(heading)
    return {name: headings[0] if len(headings) == 1 else headings for name, headings in fields.items()}


def _toml(value: object) -> str:
    """Write a text, number, yes or no, or list as TOML does, which for these is as JSON does but for DEL."""
    plain = value if isinstance(value, str | bool | int | float | list) else str(value)
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
