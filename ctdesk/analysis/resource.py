"""The commissioning resource beside what it commissions: by agency, step of the cycle and skill."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from ctdesk.analysis.parting import share_out
from ctdesk.domain.map_outlook import Resource, ResourceLine
from ctdesk.domain.service_lines import PostResource

NOT_GIVEN = "Not given"


def resource(
    posts: Sequence[PostResource], commissioned: Mapping[str, int], stages: Sequence[str], skills: Sequence[str]
) -> Resource:
    """Return posts, time on commissioning and its cost; `commissioned` is each agency's money in pence a year.

    Time and cost of a post are shared equally among its steps, and among its skills, and add up to the post; in
    `posts` it counts once under each.
    """
    agencies = list(dict.fromkeys([*(post.agency for post in posts), *commissioned]))
    by_agency = [
        _line(
            agency or NOT_GIVEN, [(post, 1, 0) for post in posts if post.agency == agency], commissioned.get(agency, 0)
        )
        for agency in agencies
    ]
    by_stage, by_skill = _by(posts, stages, lambda it: it.stages), _by(posts, skills, lambda it: it.skills)
    return Resource(
        total=_line("Total", [(post, 1, 0) for post in posts], sum(commissioned.values())),
        by_agency=tuple(sorted(by_agency, key=lambda it: (-it.fte, it.name.casefold()))),
        by_stage=by_stage,
        by_skill=by_skill,
        without_skill=tuple(line.name for line in by_skill if not line.posts),
        without_stage=tuple(line.name for line in by_stage if not line.posts),
    )


_Parts = list[tuple[PostResource, int, int]]
"""Posts, each with among how many it is shared and the number of this part."""


def _by(
    posts: Iterable[PostResource], order: Sequence[str], names: Callable[[PostResource], tuple[str, ...]]
) -> tuple[ResourceLine, ...]:
    groups: dict[str, _Parts] = {name: [] for name in order}
    for post in posts:
        under = names(post) or ("",)
        for number, name in enumerate(under):
            groups.setdefault(name, []).append((post, len(under), number))
    return tuple(_line(name or NOT_GIVEN, found) for name, found in groups.items())


def _line(name: str, parts: _Parts, commissioned: int = 0) -> ResourceLine:
    return ResourceLine(
        name=name,
        posts=len(parts),
        fte=sum((post.commissioning_fte / among for post, among, _ in parts), Fraction(0)),
        cost=sum(share_out(post.commissioning_cost, ((0, 1),) * among)[number] for post, among, number in parts),
        commissioned=commissioned,
    )
