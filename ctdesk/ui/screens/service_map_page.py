"""The map itself: what its rows and columns are, what it counts, what it lets through; table or chart; coverage."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain.counting import counted
from ctdesk.domain.errors import DeskError
from ctdesk.domain.heat import heat_steps
from ctdesk.domain.service_map import Measure
from ctdesk.services.map_dimensions import NONE, THEN, WAYS, levels
from ctdesk.services.map_gaps import gap_cells, low_cells
from ctdesk.services.map_questions import pairs_to_confirm
from ctdesk.services.map_tables import MEASURES
from ctdesk.services.published_services import unpublished
from ctdesk.services.service_map import (
    DrillLine,
    MapView,
    ServiceMap,
    behind,
    bucket_labels,
    how_many,
    service_map,
)
from ctdesk.ui.models.service_map import Shown
from ctdesk.ui.places import Place
from ctdesk.ui.screens.record_list_places import SEVERAL
from ctdesk.ui.screens.service_map_chart import MapChart
from ctdesk.ui.screens.service_map_cover import CoverCard
from ctdesk.ui.screens.service_map_drill import MOST, Behind, DrillPanel, cell_notes, notes_of
from ctdesk.ui.screens.service_map_filter import bucket_menu, chip_of, filter_menu, toggled
from ctdesk.ui.screens.service_map_heat import HeatView
from ctdesk.ui.screens.service_map_legend import Legend
from ctdesk.ui.screens.service_map_question import MUCH, downwards
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, Card, ChipRow, FlowLayout, Segmented, button, icon_button, label

_PANEL_FROM = 980
AS_FIGURES, AS_PERCENT, AS_CHART = range(3)


class MapPage(QWidget):
    """`wants` asks for a place, `pairs_wanted` for the pairs of money to confirm."""

    wants = Signal(object)
    said = Signal(str)
    pairs_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Make the parts; nothing is read yet."""
        super().__init__()
        self.session = session
        self.view = _remembered(session)
        self.found: ServiceMap | None = None
        self._place: tuple[int | None, int | None] = (None, None)
        self._steps: dict[MapView, tuple[int, ...]] = {}
        self.heat, self.chart, self.cover, self.panel = HeatView(), MapChart(), CoverCard(), DrillPanel()
        self.legend, self.chips = Legend(), ChipRow()
        self.rows, self.columns, self.measure = _choice("Rows"), _choice("Columns"), _choice("Measure")
        self.then = _choice("Columns of each column")
        self.then.setToolTip("What parts each column once more")
        self.part = icon_button("Part each column once more", "plus")
        self.public = QCheckBox("Public edition")
        self.public.setToolTip("Without small numbers of people, what tells them, and services whose price is exempt")
        self.how = Segmented("Show the map as", ["Figures", "% of all", "Chart"])
        self._fill_choices()
        self._lay_out()
        self._show_choices()
        self._connect()

    def _fill_choices(self) -> None:
        for way in WAYS:
            self.rows.addItem(way.label, way.name)
            self.columns.addItem(way.label, way.name)
            self.then.addItem(way.label, way.name)
        for box in (self.columns, self.then):
            box.addItem("Nothing", NONE.name)
        for measure, words in MEASURES.items():
            self.measure.addItem(words, measure.value)

    def _show_choices(self) -> None:
        view = self.view
        chosen = (*self._chosen().values(), view.measure.value)
        for box, value in zip((self.rows, self.columns, self.then, self.measure), chosen, strict=True):
            box.blockSignals(True)  # noqa: FBT003 - Qt's signature
            box.setCurrentIndex(box.findData(value))
            box.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._offer_then(offered=len(levels(view.columns)) > 1)
        self.public.setVisible(view.measure.tells_of_people or bool(unpublished(self.session.desk)))

    def _offer_then(self, *, offered: bool) -> None:
        """Show the choice of what parts each column once more, or the button that shows it."""
        self.then.setVisible(offered)
        self.part.setVisible(not offered)
        self.part.allow(allowed=self.view.columns != NONE.name, why="There are no columns to part.")

    def part_columns(self) -> None:
        """Ask by what each column is to be parted once more."""
        self._offer_then(offered=True)
        self.then.setFocus()
        self.then.showPopup()

    def _lay_out(self) -> None:
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(size(16), 0, size(16), size(12))
        whole.setSpacing(size(10))
        whole.addWidget(self._tools())
        whole.addWidget(self.chips)
        whole.addWidget(self._people_hint())
        body = QHBoxLayout()
        body.setSpacing(size(12))
        left = QVBoxLayout()
        left.setSpacing(size(12))
        sheet = Card()
        self.faces = QStackedWidget()
        self.faces.addWidget(self.heat)
        self.faces.addWidget(self.chart)
        sheet.add(self.faces, ruled=False)
        sheet.body.setStretchFactor(self.faces, 1)
        sheet.add(self.legend, ruled=False)
        left.addWidget(sheet, 1)
        left.addWidget(self.cover)
        body.addLayout(left, 1)
        body.addWidget(self.panel)
        whole.addLayout(body, 1)
        self.panel.setFixedWidth(size(320))
        self.faces.setMinimumHeight(size(230))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(downwards(page, "Service map"))

    def _people_hint(self) -> Banner:
        """Return what is said where costs a head are asked for and nobody has entered the heads."""
        enter = button("Enter populations")
        enter.clicked.connect(lambda _=False: self.wants.emit(Place("population")))
        self.no_people = Banner("info", "No population is entered yet,", "so there are no heads to divide by.", [enter])
        self.no_people.hide()
        return self.no_people

    def _tools(self) -> QWidget:
        self.swap = icon_button("Exchange rows and columns", "merge")
        self.add_filter = button("Add filter", kind="quiet", icon="filter")
        tools = QWidget()
        flow = FlowLayout(tools, gap=size(8))
        choices = (
            ("Rows", self.rows),
            ("", self.swap),
            ("Columns", self.columns),
            ("", self.part),
            ("", self.then),
            ("Measure", self.measure),
        )
        for words, box in choices:
            if words:
                named = label(words, "help", tone="2")
                named.setBuddy(box)
                flow.addWidget(named)
            flow.addWidget(box)
        flow.addWidget(self.add_filter)
        flow.addWidget(self.how)
        flow.addWidget(self.public)
        return tools

    def _connect(self) -> None:
        for which, box in (("rows", self.rows), ("columns", self.columns), ("then", self.then)):
            box.activated.connect(lambda _, which=which, box=box: self._choose(which, box.currentData()))
        self.measure.activated.connect(
            lambda _: self.show_view(replace(self.view, measure=Measure(self.measure.currentData())))
        )
        self.public.toggled.connect(lambda on: self.show_view(replace(self.view, public=on)))
        self.swap.clicked.connect(self.exchange)
        self.part.clicked.connect(self.part_columns)
        self.add_filter.clicked.connect(self._offer_filters)
        self.how.chosen.connect(lambda _: self._show_face())
        self.chips.removed.connect(self._take_off)
        self.chips.edited.connect(self._edit_filter)
        self.chips.reset.connect(lambda: self.show_view(replace(self.view, buckets=())))
        self.heat.drilled.connect(self.drill)
        self.chart.drilled.connect(self.drill)
        self.heat.activated.connect(lambda _: self.open_list())
        self.panel.opened.connect(lambda uid: self.wants.emit(Place("record", kind="activity", uid=uid)))
        self.panel.listed.connect(self.open_list)
        self.panel.copied.connect(self.copy_lines)
        self.panel.pairs.clicked.connect(lambda _=False: self.pairs_wanted.emit())

    def _chosen(self) -> dict[str, str]:
        """Return what rows, columns and the columns of each column are."""
        outer, *inner = levels(self.view.columns)
        return {"rows": self.view.rows, "columns": outer, "then": inner[0] if inner else NONE.name}

    def _choose(self, which: str, value: str) -> None:
        """Take another dimension for one of the three; one that another has makes the two change places."""
        before = self._chosen()
        after = {name: before[which] if held == value != NONE.name else held for name, held in before.items()}
        self._show_dimensions(after | {which: value})

    def _show_dimensions(self, chosen: Mapping[str, str]) -> None:
        columns = [name for name in (chosen["columns"], chosen["then"]) if name != NONE.name] or [NONE.name]
        if chosen["rows"] == NONE.name:
            self._show_choices()
        else:
            self.show_view(replace(self.view, rows=chosen["rows"], columns=THEN.join(columns)))

    def exchange(self) -> None:
        """Make rows of the columns, and columns of the rows."""
        chosen = self._chosen()
        self._show_dimensions(chosen | {"rows": chosen["columns"], "columns": chosen["rows"]})

    def show_view(self, view: MapView) -> None:
        """Show another map and remember it."""
        self.view = view
        kept = {"rows": view.rows, "columns": view.columns, "measure": view.measure.value}
        self.session.memory.put("service map", kept)
        self._work_out()

    def read(self) -> None:
        """Read everything anew, as it may have changed."""
        self._steps.clear()
        self._work_out()
        if how_many(self.session.desk) <= MUCH:
            self.panel.show_pairs(pairs_to_confirm(self.session.desk))

    def _work_out(self) -> None:
        desk = self.session.desk
        try:
            self.found = service_map(desk, self.view)
            steps = self._shades()
            gaps, low = gap_cells(desk, self.found), low_cells(desk, self.found)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        percent = self.how.current == AS_PERCENT
        self._show_choices()
        self.chips.show_filters([chip_of(it) for it in self.view.buckets])
        self.heat.show_map(Shown(self.found, steps, gaps, low, as_percent=percent))
        self.legend.show_steps(self.view.measure, steps, gaps=bool(gaps), low=bool(low))
        self.chart.show_map(self.found)
        self.cover.show_map(self.found)
        self.no_people.setVisible(self.view.measure is Measure.COST_PER_HEAD and self.found.matrix.total is None)
        self._show_face(again=False)

    def _shades(self) -> tuple[int, ...]:
        """Return the bounds of the shades: those of the whole map, whatever is let through."""
        view = self.view
        wanted = MapView(view.rows, view.columns, view.measure, public=view.public)
        if wanted not in self._steps:
            whole = service_map(self.session.desk, wanted).matrix
            figures = [cell for row in whole.cells for cell in row if cell is not None]
            self._steps[wanted] = heat_steps(max(figures, default=0))
        return self._steps[wanted]

    def _show_face(self, *, again: bool = True) -> None:
        chart = self.how.current == AS_CHART
        self.faces.setCurrentIndex(1 if chart else 0)
        self.legend.setVisible(not chart)
        if again and not chart:
            self._work_out()

    def drill(self, row: int | None, column: int | None) -> None:
        """Show the activities behind a cell, or behind a total where row or column is None."""
        found = self.found
        if found is None or not self.panel.isVisibleTo(self):
            return
        self._place = (
            None if row is None else found.row_codes[row],
            None if column is None else found.column_codes[column],
        )
        adds_up = found.view.measure.adds_up
        lines = behind(self.session.desk, found.view, *self._place, most=MOST if adds_up else None)
        amount = (found.matrix.figure(row, column) or 0) if adds_up else sum(line.amount for line in lines)
        whole = Behind(found.view.measure, found.matrix.activities(row, column), amount, found.matrix.total)
        names = [
            *([found.matrix.rows[row]] if row is not None else []),
            *([found.matrix.columns[column]] if column is not None else []),
        ]
        self.panel.show_lines(", ".join(names) or "Everything shown", lines[:MOST], whole)
        shown = self.heat.map.shown
        self.panel.notes.setText((cell_notes(shown, row, column) if shown else "") or notes_of(found))

    def _all_lines(self) -> list[DrillLine]:
        """Return every activity behind the current figure."""
        return behind(self.session.desk, self.found.view, *self._place) if self.found else []

    def open_list(self) -> None:
        """Show the activities behind the current figure in the list of activities."""
        references = [line.reference for line in self._all_lines() if line.reference]
        if references:
            self.wants.emit(Place("activity", kind="activity", filters={"reference": SEVERAL.join(references)}))

    def copy_lines(self) -> None:
        """Put the activities behind the current figure on the clipboard, as Excel takes them."""
        lines = self._all_lines()
        rows = ("\t".join((it.reference, it.title, it.agency, it.provider, str(it.amount / 100))) for it in lines)
        QGuiApplication.clipboard().setText("\n".join(rows))
        self.said.emit(f"{counted(len(lines), 'activity', 'activities')} copied.")

    def _buckets(self, name: str) -> tuple[str, ...]:
        return bucket_labels(self.session.desk, name)

    def _offer_filters(self) -> None:
        menu = filter_menu(self, self.view.buckets, self._buckets, self.tick)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_filter.mapToGlobal(QPoint(0, self.add_filter.height())))

    def _edit_filter(self, name: str) -> None:
        menu = bucket_menu(self, name, self.view.buckets, self._buckets, self.tick)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.chips.mapToGlobal(QPoint(0, self.chips.height())))

    def tick(self, dimension: str, bucket: str) -> None:
        """Let a bucket through, or no longer."""
        self.show_view(replace(self.view, buckets=toggled(self.view.buckets, dimension, bucket)))

    def _take_off(self, dimension: str) -> None:
        left = tuple(it for it in self.view.buckets if it.dimension != dimension)
        self.show_view(replace(self.view, buckets=left))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the panel out where there is no room for it."""
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= size(_PANEL_FROM))


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaxVisibleItems(20)
    return box


def _remembered(session: Session) -> MapView:
    found = session.memory.get("service map", {})
    held = found if isinstance(found, dict) else {}
    names = {way.name for way in WAYS}
    columns = levels(str(held.get("columns", "")))
    if held.get("rows") in names - {*columns} and {*columns} <= names | {NONE.name}:
        measures = {measure.value: measure for measure in Measure}
        return MapView(held["rows"], held["columns"], measures.get(held.get("measure", ""), Measure.MONEY))
    return MapView("outcome", "tier")
