"""Random dimensions and activities for tests of the service map."""

from ctdesk.domain.service_map import Dimension
from ctdesk.services.map_dimensions import Way
from ctdesk.services.map_dimensions import nested as nested_dimension
from hypothesis import strategies as st


@st.composite
def shares(draw, buckets):
    chosen = draw(st.lists(st.integers(0, buckets - 1), min_size=1, max_size=4, unique=True))
    equal = draw(st.booleans())
    return tuple((bucket, 1 if equal else draw(st.integers(1, 100))) for bucket in sorted(chosen))


@st.composite
def dimension(draw, name, activities):
    buckets = draw(st.integers(1, 5))
    kinds = draw(st.lists(shares(buckets), min_size=1, max_size=5))
    codes = draw(st.lists(st.integers(0, len(kinds) - 1), min_size=activities, max_size=activities))
    return Dimension(name, name, tuple(f"{name} {at}" for at in range(buckets)), codes, tuple(kinds))


@st.composite
def maps(draw, names=("outcome", "tier")):
    """Amounts, a mask, and a dimension of each name over the same activities."""
    activities = draw(st.integers(0, 12))
    amounts = draw(st.lists(st.integers(0, 10**9), min_size=activities, max_size=activities))
    mask = bytes(draw(st.lists(st.integers(0, 1), min_size=activities, max_size=activities)))
    return amounts, mask, *(draw(dimension(name, activities)) for name in names)


def nested(outer, inner):
    """The dimension that parts every bucket of an outer one by an inner one, as the service makes it."""
    return nested_dimension(Way(f"{outer.name},{inner.name}", "Both", ()), outer, inner)
