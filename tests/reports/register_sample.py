"""Agreements of the register in several states, for trials of its papers."""

from dataclasses import replace
from datetime import date

from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_term import term_pieces
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.definition import Value
from ctdesk.domain.lifecycle import lifecycle
from tests.reports.contract_sample import TODAY, paper


def agreement(number: int, **more: Value) -> ContractLine:
    """Return an agreement, running until the end of March 2030 unless more is said."""
    values: dict[str, Value] = {
        "reference": f"NH-{number:03}",
        "title": f"Service {number}",
        "signed": True,
        "start": date(2024, 4, 1),
        "end": date(2030, 3, 31),
        "notice_months": 6,
        "annual_value": 10_000_000,
        **more,
    }
    within = AgreementParts(values=values)
    line = paper(values).sheet.line
    return replace(
        line,
        uid=f"a{number}",
        life=lifecycle(within, DatePolicy(), TODAY),
        pieces=term_pieces(within, TODAY),
        provider=f"Provider {number}",
    )
