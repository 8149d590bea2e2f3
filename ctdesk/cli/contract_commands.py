"""The commands about agreements: each does one thing as one step, as the window does."""

from argparse import Namespace

from ctdesk.cli.speech import say
from ctdesk.cli.statuses import DONE
from ctdesk.domain import clock
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import at_desk


def extension(wanted: Namespace) -> int:
    """Exercise or decline the next extension."""
    from ctdesk.domain.records.agreement_terms import ExtensionState
    from ctdesk.services.contract_changes import decide_extension, next_extension

    state = ExtensionState.EXERCISED if wanted.what == "exercise" else ExtensionState.DECLINED
    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("agreement", wanted.agreement)
        found = next_extension(desk, uid)
        if found is None:
            raise DeskError(f"{wanted.agreement} has no drafted extension left to decide on.")
        done = decide_extension(desk, found, state, wanted.on or clock.today(), wanted.why)
    say(f"{done.title}: saved.")
    return DONE


def decision(wanted: Namespace) -> int:
    """Keep a decision about the end."""
    from ctdesk.services.contract_changes import record_decision

    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("agreement", wanted.agreement)
        done = record_decision(desk, uid, wanted.plan, wanted.why, wanted.on or clock.today())
    say(f"{done.title}: saved.")
    return DONE


def uplift(wanted: Namespace) -> int:
    """Raise yearly values."""
    from ctdesk.services.contract_uplift import typed_percent
    from ctdesk.services.contract_uplift import uplift as raise_values

    percent = typed_percent(wanted.percent)
    with at_desk(wanted.workspace) as desk:
        uids = dict.fromkeys(desk.find("agreement", name)[0] for name in wanted.agreement)
        done = raise_values(desk, uids, percent, wanted.first, wanted.why)
    say(f"{done.title}: saved.")
    return DONE


def end_early(wanted: Namespace) -> int:
    """End an agreement early, and say what that leaves of its value."""
    from ctdesk.services.contract_changes import terminate
    from ctdesk.services.contracts import register
    from ctdesk.services.editing import read_typed

    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("agreement", wanted.agreement)
        settled = read_typed(desk, DEFINITIONS["agreement"], "final_value", wanted.settled) if wanted.settled else None
        pence = settled if isinstance(settled, int) else None
        done = terminate(
            desk,
            uid,
            wanted.last_day,
            notice_given_on=wanted.notice,
            reason=wanted.why,
            plan=wanted.plan,
            settled=pence,
        )
        total = register(desk, wanted.last_day, [uid])[0].life.total
    say(f"{done.title}: saved.")
    if total is not None:
        say(f"Value over the term: {total.sum}.")
    return DONE


def successor(wanted: Namespace) -> int:
    """Draft what follows."""
    from ctdesk.services.contract_changes import draft_successor

    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("agreement", wanted.agreement)
        made = draft_successor(desk, uid, clock.today())
    say(f"The successor is drafted as {made}.")
    return DONE


def keep(wanted: Namespace) -> int:
    """Keep a paper."""
    from ctdesk.services.documents import keep_document

    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("agreement", wanted.agreement)
        made = keep_document(desk, uid, wanted.file, wanted.title)
    say(f"{wanted.file.name} is kept as {made}.")
    return DONE
