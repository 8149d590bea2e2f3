"""The officer's own judgement of a result, where it differs from the computed rating."""

from ctdesk.domain.changes import Action, ChangeSet, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.monitoring import Rating
from ctdesk.services.desk import Desk


def judge(desk: Desk, result: str, judgement: Rating | None, reason: str = "") -> ChangeSet | None:
    """Keep a judgement of a result with its reason, or take it back; None if it stands so already.

    Raises DeskError if a judgement has no reason, or the result is gone.
    """
    if judgement is not None and not reason.strip():
        raise DeskError("A judgement that differs from the computed rating needs a reason; say why.")
    held = desk.load_some("measure_result", [result]).get(result)
    if held is None:
        raise DeskError("This result has been deleted meanwhile; nothing was altered.")
    wanted = judgement.value if judgement else None
    after = {"judgement": wanted, "judgement_reason": reason.strip() if judgement else None}
    change = updated("measure_result", result, held, after)
    if change is None:
        return None
    told = f"judged {wanted}" if wanted else "judgement taken back"
    return desk.apply(Action.EDIT, f"{held.get('measure_name')}: {told}", [change], why=reason.strip())
