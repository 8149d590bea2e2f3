"""A workspace of very many activities, alike to real ones in the lengths and variety of their texts."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk

AGENCIES, PROVIDERS, WORDS = 20, 400, 6_000
_FIRST = date(2018, 4, 1)
_SYLLABLES = tuple(
    "ba ce di fo gu ha kel lim mor nar pen quo ros ste tam ver win yar zel thor ing ton ley ham".split()  # noqa: SIM905 - a list of words reads better as text
)
_COMMON = tuple(
    (  # noqa: SIM905 - as above
        "short breaks family support speech therapy young carers mentoring advocacy youth parenting early years"
        " respite school nursing counselling outreach housing play inclusion transport after care leaving health"
    ).split()
)


class Writer:
    """Fills fields by chance, but alike in every run."""

    def __init__(self, desk: Desk, agencies: list[str], providers: list[str]) -> None:
        """Take the lists and the organisations to draw from."""
        self.chance = random.Random(2026)  # noqa: S311 - alike in every run, and no secret
        self.lists = desk.lists
        self.agencies, self.providers = agencies, providers
        rare = ["".join(self.chance.choices(_SYLLABLES, k=3)) for _ in range(WORDS)]
        self.words = [*_COMMON, *rare]
        # Words of a language are the rarer the further down its list they stand.
        self.weights = list(itertools.accumulate(1 / (place + 1) for place in range(len(self.words))))

    def text(self, least: int, most: int) -> str:
        """Return a sentence of so many words."""
        words = self.chance.choices(self.words, cum_weights=self.weights, k=self.chance.randint(least, most))
        return " ".join(words).capitalize()

    def value(self, field: Field, number: int) -> Value:
        """Return a value for a field of one activity; optional ones are blank now and then."""
        chance = self.chance
        if not field.required and chance.random() < 0.3:
            return () if field.several else None
        match field.kind:
            case Kind.LINK if field.target == "organisation":
                return chance.choice(self.agencies if field.name == "agency" else self.providers)
            case Kind.CHOICE | Kind.CHOICES:
                codes = [entry.code for entry in self.lists.all(field.list or "")]
                return tuple(sorted(set(chance.choices(codes, k=2)))) if field.several else chance.choice(codes)
            case Kind.DATE:
                return _FIRST + timedelta(days=chance.randrange(4_000))
            case Kind.YES_NO:
                return chance.random() < 0.2
            case Kind.INTEGER | Kind.MONEY:
                return chance.randrange(min(field.maximum or 0, 40_000_000))
        return self._words(field, number)

    def _words(self, field: Field, number: int) -> str | None:
        match field.kind:
            case Kind.CODE:
                return f"A{number:06d}"
            case Kind.EMAIL:
                return f"team{number % 50}@borough.example"
            case Kind.TEXT | Kind.LONG_TEXT:
                return self.text(8, 40) if field.kind is Kind.LONG_TEXT else self.text(3, 8)
        return None

    def activity(self, number: int) -> RecordChange:
        """Return the creation of one activity."""
        fields = DEFINITIONS["activity"].fields
        return created("activity", {field.name: self.value(field, number) for field in fields})


def make(path: Path, activities: int) -> None:
    """Make the workspace."""
    create_workspace(path).close()
    with Workspace.open(path) as workspace:
        chance = random.Random(1)  # noqa: S311 - alike in every run, and no secret
        organisations = [created("organisation", values) for values in _organisations(chance)]
        _apply(workspace, organisations)
        uids = [change.uid for change in organisations]
        writer = Writer(Desk(workspace, "benchmark"), uids[:AGENCIES], uids[AGENCIES:])
        for first in range(0, activities, 10_000):
            _apply(workspace, [writer.activity(number) for number in range(first, min(first + 10_000, activities))])
        workspace.changed = False


def _organisations(chance: random.Random) -> Iterator[dict[str, Value]]:
    for number in range(AGENCIES + PROVIDERS):
        place = "".join(chance.choices(_SYLLABLES, k=2)).capitalize()
        agency = number < AGENCIES
        name = f"London Borough of {place}" if agency else f"{place} {chance.choice(_COMMON).capitalize()} {number} Ltd"
        yield {"name": name, "is_agency": agency, "is_provider": not agency}


def _apply(workspace: Workspace, changes: list[RecordChange]) -> None:
    apply(workspace, ChangeSet(action=Action.EDIT, title="Measured", who="benchmark", changes=tuple(changes)))
