"""Services and posts for tests of the questions about the map: one of each by hand, and many by chance."""

from datetime import date
from fractions import Fraction

from ctdesk.domain.service_lines import PostResource, ServiceLine
from ctdesk.domain.service_map import Basis
from hypothesis import strategies as st

OUTCOMES, GROUPS, AREAS = ("", "Be healthy", "Stay safe"), ("Young carers", "Care leavers"), ("North", "South")


def service(uid="a", **more):
    """One service with nothing missing; the names of agency and provider are their uids."""
    given = {
        "reference": uid.upper(),
        "title": f"Service {uid}",
        "agency_uid": "council",
        "provider_uid": "bridge",
        "sector": "Voluntary or community",
        "small": True,
        "agreement_type": "Contract",
        "agreement_reference": "",
        "outcome": "Be healthy",
        "tier": "Targeted",
        "purpose": "Prevention",
        "funding_source": "Council base budget",
        "age_from": 5,
        "age_to": 11,
        "client_groups": ("Young carers",),
        "areas": ("North",),
        "everywhere": False,
        "value": 100_000_00,
        "capacity": None,
        "capacity_unit": "",
        "users": None,
        "start": date(2024, 4, 1),
        "end": date(2027, 3, 31),
        "open_ended": False,
        "intention": "Continue",
        "basis": Basis.RETURNED,
    } | more
    return ServiceLine(uid=uid, agency=given["agency_uid"], provider=given["provider_uid"], **given)


def post(uid="p", **more):
    """One full-time post of the council."""
    given = {
        "title": "Officer",
        "agency": "council",
        "vacant": False,
        "fte": Fraction(1),
        "percent": 100,
        "cost": 50_000_00,
        "stages": (),
        "skills": (),
    } | more
    return PostResource(uid=uid, **given)


ages = st.none() | st.integers(0, 25)
days = st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31))


@st.composite
def services(draw, most=12):
    """Some services by chance, of few agencies and providers, so that they meet."""
    return tuple(
        service(
            f"s{number}",
            agency_uid=draw(st.sampled_from(["council", "hospital", "police"])),
            provider_uid=draw(st.sampled_from(["bridge", "oak", "council", "hospital", ""])),
            outcome=draw(st.sampled_from(OUTCOMES)),
            client_groups=tuple(draw(st.lists(st.sampled_from(GROUPS), unique=True))),
            areas=tuple(draw(st.lists(st.sampled_from(AREAS), unique=True))),
            everywhere=draw(st.booleans()),
            age_from=draw(ages),
            age_to=draw(ages),
            value=draw(st.none() | st.integers(0, 10**9)),
            capacity=draw(st.none() | st.integers(0, 50)),
            capacity_unit=draw(st.sampled_from(["", "Places", "Hours"])),
            start=draw(days),
            end=draw(days),
        )
        for number in range(draw(st.integers(0, most)))
    )
