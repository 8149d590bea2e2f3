"""Letters that go out on paper: who writes to whom, when, about what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `sender` are the lines under the trust's name, `to` those of the address, `body` its paragraphs.

    `reply_by` is None where no answer is asked for.
    """

    trust: str
    sender: Sequence[str]
    to: Sequence[str]
    written: date
    reference: str
    reply_by: date | None
    subject: str
    body: Sequence[str]
    signed: Sequence[str]


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """An action as the provider is told of it."""

    number: str
    title: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLetter:
    """What a provider is told of a review: the findings one by one, the rating and that before, what was agreed.

    `letter` has the title of the agreement for its subject. The ratings are empty where none was given. `kind` is what
    sort of review it was; `agreement` is what the slip calls the agreement.
    """

    letter: Letter
    kind: str
    agreement: str
    held_on: date
    found: Sequence[str]
    weaknesses: Sequence[str]
    rating: str
    rating_before: str
    next_review: date | None
    actions: Sequence[AgreedAction]
