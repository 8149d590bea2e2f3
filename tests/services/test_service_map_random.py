"""Random records in a workspace: every map adds to one total, whatever its rows, columns and filters."""

import random
from itertools import combinations

import pytest
from ctdesk.domain.service_map import Measure
from ctdesk.services.desk import Desk
from ctdesk.services.map_dimensions import WAYS
from ctdesk.services.service_map import BucketFilter, MapView, behind, bucket_labels, service_map
from tests.services.many_activities import make

NAMES = [way.name for way in WAYS]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    workspace = make(tmp_path_factory.mktemp("random") / "many.ctdesk")
    yield Desk(workspace, "sam")
    workspace.changed = False
    workspace.close()


@pytest.mark.parametrize("measure", [Measure.MONEY, Measure.ACTIVITIES, Measure.USERS])
def test_every_two_dimensions_add_to_the_same_total(desk, measure):
    totals = set()
    for rows, columns in combinations(NAMES, 2):
        matrix = service_map(desk, MapView(rows, columns, measure)).matrix
        assert [sum(row) for row in matrix.cells] == list(matrix.row_totals)
        assert sum(matrix.row_totals) == sum(matrix.column_totals) == matrix.total
        totals.add(matrix.total)
    field = {Measure.MONEY: "annual_value", Measure.USERS: "users_last_year"}.get(measure)
    held = desk.load("activity").values()
    assert totals == {sum(it[field] or 0 for it in held) if field else len(held)}


def test_a_nested_dimension_adds_to_the_same_total_and_its_parts_to_the_outer(desk):
    chance = random.Random(7)  # noqa: S311 - alike in every run, and no secret
    for _ in range(20):
        rows, outer, inner = chance.sample(NAMES, 3)
        found = service_map(desk, MapView(rows, f"{outer},{inner}"))
        plain = service_map(desk, MapView(rows, outer))
        matrix = found.matrix
        assert [sum(row) for row in matrix.cells] == list(matrix.row_totals) == list(plain.matrix.row_totals)
        assert sum(matrix.column_totals) == matrix.total == plain.matrix.total
        sums = dict.fromkeys(plain.columns.buckets, 0)
        for code, total in zip(found.column_codes, matrix.column_totals, strict=True):
            sums[found.columns.parts(code)[0][1]] += total
        # Both levels are parted at once, so an odd penny of each shared activity may fall to a neighbour.
        for code, total in zip(plain.column_codes, plain.matrix.column_totals, strict=True):
            assert abs(sums[plain.columns.buckets[code]] - total) <= plain.stated + plain.equal
        for at, column in enumerate(found.column_codes):
            assert sum(line.amount for line in behind(desk, found.view, None, column)) == matrix.column_totals[at]


def test_filters_commute_and_what_they_leave_out_is_the_rest(desk):
    chance = random.Random(5)  # noqa: S311 - alike in every run, and no secret
    for _ in range(30):
        rows, columns, one, other = chance.sample(NAMES, 4)
        filters = [BucketFilter(name, (chance.choice(bucket_labels(desk, name)),)) for name in (one, other)]
        found = service_map(desk, MapView(rows, columns, buckets=tuple(filters)))
        turned = service_map(desk, MapView(rows, columns, buckets=tuple(reversed(filters))))
        assert found.matrix == turned.matrix
        assert found.matrix.total == found.cover.total == sum(line.amount for line in behind(desk, found.view))


def test_the_activities_behind_a_cell_add_to_it(desk):
    chance = random.Random(6)  # noqa: S311 - as above
    for _ in range(15):
        rows, columns = chance.sample(NAMES, 2)
        found = service_map(desk, MapView(rows, columns))
        for at, row in enumerate(found.row_codes):
            for place, column in enumerate(found.column_codes):
                lines = behind(desk, found.view, row, column)
                assert sum(line.amount for line in lines) == found.matrix.cells[at][place]
                assert len(lines) == found.matrix.counts[at][place]
