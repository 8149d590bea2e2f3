"""Printing each report of the command line; the functions have the reports' own names."""

from argparse import Namespace

from ctdesk.cli.report_names import OPTIONS, TAKEN
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk


def baseline(desk: Desk, wanted: Namespace) -> None:
    """Print the baseline report of a round."""
    from ctdesk.services.published_services import for_the_public
    from ctdesk.services.reporting import print_baseline

    with for_the_public(wanted.public):
        print_baseline(desk, wanted.to, round_name=wanted.round, agency_name=wanted.agency)


def monitoring(desk: Desk, wanted: Namespace) -> None:
    """Print the monitoring report of a period."""
    from ctdesk.domain.periods import read_period
    from ctdesk.services.monitoring_report import print_monitoring

    quarter = read_period(wanted.period) if wanted.period else None
    print_monitoring(desk, wanted.to, quarter, on=wanted.as_at, provider=wanted.provider, public=wanted.public)


def service_map(desk: Desk, wanted: Namespace) -> None:
    """Print the service map: main outcome by tier."""
    from ctdesk.services.map_papers import print_map
    from ctdesk.services.published_services import for_the_public

    with for_the_public(wanted.public):
        print_map(desk, wanted.to)


def question(desk: Desk, wanted: Namespace) -> None:
    """Print the answer to the question to the map that the report is named after."""
    from ctdesk.services.map_papers import print_question
    from ctdesk.services.published_services import for_the_public

    with for_the_public(wanted.public):
        print_question(desk, wanted.report, wanted.to, on=wanted.as_at)


map = service_map  # noqa: A001 - the report's own name
overlaps = gaps = prevention = cliffs = market = resource = rounds = question


def contract(desk: Desk, wanted: Namespace) -> None:
    """Print the contract report of one agreement."""
    from ctdesk.domain.periods import read_period
    from ctdesk.services.contract_report import print_contract

    agreement = named(wanted.agreement, "--agreement")
    quarter = read_period(wanted.period) if wanted.period else None
    print_contract(desk, wanted.to, agreement, on=wanted.as_at, public=wanted.public, quarter=quarter)


def register(desk: Desk, wanted: Namespace) -> None:
    """Print the register report."""
    from ctdesk.services.register_report import print_register

    print_register(desk, wanted.to, on=wanted.as_at, public=wanted.public)


def calendar(desk: Desk, wanted: Namespace) -> None:
    """Print the calendar of the coming 18 months."""
    from ctdesk.services.register_report import print_calendar

    print_calendar(desk, wanted.to, on=wanted.as_at, public=wanted.public)


def provider(desk: Desk, wanted: Namespace) -> None:
    """Print the report of one provider."""
    from ctdesk.services.provider_report import print_provider

    print_provider(desk, wanted.to, named(wanted.provider, "--provider"), on=wanted.as_at, public=wanted.public)


def review_letter(desk: Desk, wanted: Namespace) -> None:
    """Print the letter after a review."""
    from ctdesk.services.letters import print_review_letter

    agreement = named(wanted.agreement, "--agreement")
    print_review_letter(desk, wanted.to, agreement, review=wanted.review, on=wanted.as_at)


def covering_letters(desk: Desk, wanted: Namespace) -> None:
    """Print the letters that go with the workbooks of a round."""
    _letters(desk, wanted, chasing=False)


def chaser_letters(desk: Desk, wanted: Namespace) -> None:
    """Print reminders to those who have not answered a round."""
    _letters(desk, wanted, chasing=True)


def _letters(desk: Desk, wanted: Namespace, *, chasing: bool) -> None:
    from ctdesk.services.letters import print_letters

    only = wanted.agency or wanted.provider
    print_letters(desk, wanted.to, chasing=chasing, round_name=wanted.round, agency=only, on=wanted.as_at)


def refuse_idle(wanted: Namespace) -> None:
    """Raise DeskError if an option was given that means nothing to the report: it would not be heeded."""
    for option in OPTIONS:
        if getattr(wanted, option) and option not in TAKEN[wanted.report]:
            raise DeskError(f"The {wanted.report} report takes no --{option.replace('_', '-')}; leave it out.")


def named(given: str | None, option: str) -> str:
    """Return what an option names; DeskError if it was not given."""
    if not given:
        raise DeskError(f"This report is about one thing only; name it with {option}.")
    return given
