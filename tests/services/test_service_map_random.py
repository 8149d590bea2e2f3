"""Random records in a workspace: every map adds to one total, whatever its rows, columns and filters."""

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from ctdesk.domain.changes import Action, created, present, updated
from ctdesk.domain.rounding import nearest
from ctdesk.domain.service_map import Basis, Measure
from ctdesk.services.desk import Desk
from ctdesk.services.map_dimensions import WAYS
from ctdesk.services.service_map import BucketFilter, MapView, behind, bucket_labels, service_map
from tests.services.many_activities import AGENCIES, CODES, make

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


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a desk with stated weights and funding lines, in a round that not all agencies have answered."""
    workspace = make(tmp_path_factory.mktemp("whole") / "many.ctdesk")
    desk, chance = Desk(workspace, "sam"), random.Random(8)  # noqa: S311 - alike in every run, and no secret
    changes = [created("round", {"name": "Baseline", "as_at": date(2026, 3, 31), "due": date(2026, 5, 1)}, "round")]
    for agency, state in zip(AGENCIES, ("accepted", "sent", "chased", "queried"), strict=True):
        changes.append(created("request", {"round": "round", "agency": agency, "state": state, "issue": 1}))
    for uid, values in desk.load("activity").items():
        if chance.random() < 0.5:
            changes += present([updated("activity", uid, values, {"capacity_unit": "places"})])
        for dimension, buckets in (("tier", CODES["tier"]), ("client_group", CODES["client_group"])):
            if chance.random() < 0.3:
                changes += [
                    created("weight", {"activity": uid, "dimension": dimension, "bucket": it, "weight": weight})
                    for it in buckets
                    if (weight := chance.randrange(4))
                ]
        if chance.random() < 0.5:
            line = {"activity": uid, "year": chance.choice(["2025/26", "2026/27"]), "amount": chance.randrange(9)}
            changes.append(created("funding_line", line | {"source": chance.choice(["a", "b"])}))
    desk.apply(Action.EDIT, "The rest", changes)
    yield desk
    workspace.changed = False
    workspace.close()


def any_view(desk, chance):
    """Return any map: columns once or twice, any measure, up to two filters, all agencies or those that answered."""
    rows, outer, inner, one, other = chance.sample(NAMES, 5)
    asked = [BucketFilter(name, tuple(chance.sample(bucket_labels(desk, name), 1))) for name in (one, other)]
    return MapView(
        rows,
        chance.choice([outer, f"{outer},{inner}", "none"]),
        chance.choice(list(Measure)),
        buckets=tuple(asked[: chance.randrange(3)]),
        answered_only=chance.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(8))
def test_any_map_adds_up_with_unit_costs_weights_and_missing_agencies(whole, seed):
    chance = random.Random(seed)  # noqa: S311 - as above
    for _ in range(25):
        view = any_view(whole, chance)
        found = service_map(whole, view)
        matrix = found.matrix
        of_all = behind(whole, replace(view, columns="none", rows="agency", measure=Measure.MONEY))
        money = sum(line.amount for line in of_all)
        missing = found.cover.amount(Basis.LAST_KNOWN)
        assert found.cover.missing == ("south trust", "Élan"), "they are named whatever is shown"
        if view.measure.adds_up:
            assert [sum(row) for row in matrix.cells] == list(matrix.row_totals)
            for column, total in enumerate(matrix.column_totals):
                assert sum(row[column] for row in matrix.cells) == total
            assert sum(matrix.row_totals) == sum(matrix.column_totals) == matrix.total == found.cover.total
            answered = service_map(whole, replace(view, answered_only=True)).matrix.total
            assert answered == matrix.total - missing
        else:
            assert found.cover.total == money
        if view.measure is Measure.COST_PER_PLACE:
            priced = service_map(whole, replace(view, measure=Measure.PLACES))
            held = sum(line.amount for line in behind(whole, view))
            assert matrix.total == (nearest(held, priced.matrix.total) if priced.matrix.total else None)
            for row, code in enumerate(found.row_codes):
                places = dict(zip(priced.row_codes, priced.matrix.row_totals, strict=True)).get(code)
                of_row = sum(line.amount for line in behind(whole, view, code))
                assert matrix.row_totals[row] == (nearest(of_row, places) if places else None)
        assert matrix.total is None or matrix.count == len(of_all)


def test_a_nested_dimension_adds_to_what_the_map_without_it_shows_cell_by_cell(desk):
    chance = random.Random(7)  # noqa: S311 - alike in every run, and no secret
    for _ in range(20):
        rows, outer, inner = chance.sample(NAMES, 3)
        found = service_map(desk, MapView(rows, f"{outer},{inner}"))
        plain = service_map(desk, MapView(rows, outer))
        matrix = found.matrix
        assert [sum(row) for row in matrix.cells] == list(matrix.row_totals) == list(plain.matrix.row_totals)
        assert sum(matrix.column_totals) == matrix.total == plain.matrix.total
        under = [found.columns.parts(code)[0][1] for code in found.column_codes]
        for name, whole in zip(plain.matrix.columns, zip(*plain.matrix.cells, strict=True), strict=True):
            assert whole == tuple(
                sum(cell for head, cell in zip(under, row, strict=True) if head == name) for row in matrix.cells
            )
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
