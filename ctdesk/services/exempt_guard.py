"""Reading a public edition as its readers will, for what is marked exempt of an agreement."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ctdesk.domain.counting import listed
from ctdesk.domain.errors import DeskError
from ctdesk.domain.exempt_text import PageText, Secret
from ctdesk.domain.pack import Placed
from ctdesk.reports.words import sentence
from ctdesk.services.desk import Desk
from ctdesk.services.exempt_secrets import secrets_of

WHAT_NEXT = "mark the item that shows it as exempt, or take it out; if it is something else, issue it even so"
"""What a person can do where something is shown."""


class ExemptShown(DeskError):
    """A public edition would show what is marked exempt; a person may know better and issue it all the same.

    `found` are all the places, a sentence without a full stop for each thing shown.
    """

    def __init__(self, found: Sequence[str]) -> None:
        """Take what was found, at least one."""
        self.found = tuple(found)
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        super().__init__(f"{found[0]}{more}; {WHAT_NEXT}.")

    def summary(self, most: int) -> list[str]:
        """Return the first of them as sentences, and how many more there are."""
        more = len(self.found) - most
        return [*(f"{it}." for it in self.found[:most]), *([f"And {more:,} more."] if more > 0 else [])]


def exempt_shown(desk: Desk, content: bytes, items: Sequence[Placed] = ()) -> list[str]:
    """Return what a PDF shows of what is marked exempt, with its pages, as sentences without a full stop.

    `items` are those of the pack that it is: those on whose pages it stands are named as well.

    Looked through are the words of every page, what a screen reader is told in place of them, bookmarks and properties.
    """
    secrets = secrets_of(desk)
    if not secrets:
        return []
    from ctdesk.reports.pack_words import every_word

    words = every_word(content, "the public edition")
    texts = [
        (str(number), PageText(page.seen), PageText(f"{page.seen}\n{page.behind}") if page.behind else None)
        for number, page in enumerate(words.pages, 1)
    ]
    whole = [(name, PageText(text)) for name, text in words.whole.items() if text]
    found: dict[str, set[str]] = defaultdict(set)
    for secret in secrets:
        found[secret.words].update(_places(secret, texts, whole))
    return [_said(called, places, items) for called, places in found.items() if places]


_Texts = Sequence[tuple[str, PageText, PageText | None]]


def _places(secret: Secret, texts: _Texts, whole: Sequence[tuple[str, PageText]]) -> Iterator[str]:
    """Yield where something is shown: the number of a page, or what else it stands in."""
    for number, seen, behind in texts:
        if secret.shown(seen):
            yield number
        elif behind is not None and secret.shown(behind):
            yield f"the hidden words of page {number}"
    yield from (name for name, text in whole if secret.shown(text))


def _said(called: str, places: Collection[str], items: Sequence[Placed]) -> str:
    pages = sorted((place for place in places if place.isdigit()), key=int)
    numbered = [f"page{'s' if len(pages) > 1 else ''} {listed(pages, most=len(pages))}"] if pages else []
    others = sorted(place for place in places if not place.isdigit())
    where = sentence(listed([*numbered, *others], most=len(places) + 1))
    show = "shows" if len(places) == len(pages) == 1 else "show"
    showing = [it.words.lower() for it in items if it.first and any(_is_on(it, page) for page in pages)]
    of = f" ({listed(showing, most=len(showing))})" if showing else ""
    return f"{where} of the public edition{of} {show} {called}, which is marked as not for publication"


def _is_on(item: Placed, page: str) -> bool:
    return int(item.first) <= int(page) <= int(item.last)
