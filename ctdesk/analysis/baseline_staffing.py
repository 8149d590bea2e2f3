"""The commissioning resource: posts, their time and cost, by agency and by step of the commissioning cycle."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ctdesk.domain.apportion import apportion
from ctdesk.domain.baseline import AgencyLine, PostLine
from ctdesk.domain.baseline_figures import StaffTally
from ctdesk.domain.rounding import percent_of


def staff_tally(name: str, posts: Iterable[PostLine]) -> StaffTally:
    """Return what the posts come to; a post with no share of time given counts as all commissioning."""
    posts = tuple(posts)
    return StaffTally(
        name=name,
        posts=len(posts),
        fte=sum((Fraction(post.fte) for post in posts), Fraction(0)),
        cost=sum(post.cost or 0 for post in posts),
        commissioning_fte=sum((_commissioning_fte(post) for post in posts), Fraction(0)),
        commissioning_cost=sum(_commissioning_cost(post) for post in posts),
    )


def staffing_by_agency(posts: Iterable[PostLine], agencies: Sequence[AgencyLine]) -> tuple[StaffTally, ...]:
    """Return a tally for each agency in the order given, then for any other that a post names."""
    groups: dict[str, list[PostLine]] = {line.agency: [] for line in agencies}
    for post in posts:
        groups.setdefault(post.agency, []).append(post)
    return tuple(staff_tally(name, group) for name, group in groups.items())


def staffing_by_stage(posts: Iterable[PostLine], order: Sequence[str]) -> tuple[StaffTally, ...]:
    """Return a tally for each step of the cycle, "" last for posts that name none.

    A post's time and cost are shared equally among its steps, and the shares add up to the post; in `posts` it
    counts once under each step.
    """
    groups: dict[str, list[StaffTally]] = defaultdict(list)
    for post in posts:
        for share in _shares(post):
            groups[share.name].append(share)
    others = sorted(groups.keys() - set(order), key=lambda name: (not name, name.casefold()))
    return tuple(_sum(name, groups[name]) for name in [*dict.fromkeys(order), *others])


def _shares(post: PostLine) -> list[StaffTally]:
    stages = tuple(dict.fromkeys(post.cycle_stages)) or ("",)
    equal = [1] * len(stages)
    costs = apportion(post.cost or 0, equal)
    commissioning = apportion(_commissioning_cost(post), equal)
    time, fte = _commissioning_fte(post) / len(stages), Fraction(post.fte) / len(stages)
    return [
        StaffTally(stage, 1, fte, cost, time, part)
        for stage, cost, part in zip(stages, costs, commissioning, strict=True)
    ]


def _sum(name: str, shares: Sequence[StaffTally]) -> StaffTally:
    return StaffTally(
        name=name,
        posts=sum(share.posts for share in shares),
        fte=sum((share.fte for share in shares), Fraction(0)),
        cost=sum(share.cost for share in shares),
        commissioning_fte=sum((share.commissioning_fte for share in shares), Fraction(0)),
        commissioning_cost=sum(share.commissioning_cost for share in shares),
    )


def _percent(post: PostLine) -> int:
    return 100 if post.commissioning_percent is None else post.commissioning_percent


def _commissioning_fte(post: PostLine) -> Fraction:
    return Fraction(post.fte) * _percent(post) / 100


def _commissioning_cost(post: PostLine) -> int:
    """Return the part of the post's cost that is commissioning, to the nearest penny."""
    return percent_of(_percent(post), post.cost or 0)
