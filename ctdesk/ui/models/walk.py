"""Going through the rows of a list one after another, away from it."""

from collections.abc import Sequence


class Walk:
    """The rows of a list as they stood when one of them was opened; what is saved on the way leaves their order be."""

    def __init__(self, uids: Sequence[str], uid: str) -> None:
        """Begin at one of the rows. Raises ValueError if it is none of them."""
        self._uids = list(uids)
        self._at = self._uids.index(uid)

    @property
    def uid(self) -> str:
        """The record that is stood at."""
        return self._uids[self._at]

    @property
    def words(self) -> str:
        """Where in the list one is: "1 of 23"."""
        return f"{self._at + 1:,} of {len(self._uids):,}"

    def beside(self, by: int) -> str | None:
        """Return the record so many rows on, None beyond the first and the last."""
        at = self._at + by
        return self._uids[at] if 0 <= at < len(self._uids) else None

    def stand_at(self, uid: str) -> None:
        """Go to one of the rows; any other record leaves the place."""
        if uid in self._uids:
            self._at = self._uids.index(uid)

    def leave_out(self, uid: str) -> None:
        """Leave out a record that is no more; who stands at it then stands at the one after it, or at the last."""
        if uid in self._uids and len(self._uids) > 1:
            at = self._uids.index(uid)
            del self._uids[at]
            self._at = min(self._at - (at < self._at), len(self._uids) - 1)
