"""The findings of a review by rule, with the cells they are about and what may be answered to them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ctdesk.domain.findings import Grade
from ctdesk.domain.incoming import Suggestions
from ctdesk.services.review_sheet import ReviewQuestion, ReviewRule
from ctdesk.ui.theme import font, size, token
from ctdesk.ui.widgets import Badge, Card, FlowLayout, Link, label, rule, set_look

_FEW = 3
"""How many findings of a rule are shown before the rest is asked for."""

_MORE = 50
"""How many more are then shown at a time."""

_CELLS = 12
"""How many cells of one finding are shown before the rest is asked for."""

_WIDEST = 210
"""The width of the longest name of a cell, in pixels at base size; of a longer one the end is shown."""

_TITLES = {
    "required": "What must be filled is empty",
    "unreadable": "Cells that cannot be read",
    "doubtful": "Cells that may mean something else",
    "range": "Figures out of range",
    "pattern": "Cells that do not look right",
    "personal_data": "Children, families or workers can be known",
    "error_cell": "Formulas in error",
    "uncomputed": "Formulas without a result",
    "dates_reversed": "The end is before the start",
    "ages_reversed": "Ages the wrong way round",
    "fte_over_headcount": "FTE is more than headcount",
    "value_jump": "Differs by much from last round",
    "funding_sum": "Funding lines do not add up",
    "conflict": "Changed here and there",
    "new_name": "Names the desk does not know",
    "possible_match": "Rows without a key",
    "unknown_answer": "Answers under Still yours? that are not understood",
    "not_confirmed": "Rows that were not confirmed",
    "missing_row": "Not in the return",
    "same_row": "Rows that say the same",
    "altered_key": "Keys that were altered",
    "foreign_key": "Keys of another agency",
    "ended_later": "Ended after the round",
    "sorted_apart": "Sorted apart",
    "duplicate_reference": "References that stand twice",
    "missing_column": "Columns that are missing",
    "unknown_column": "Columns that were not read",
}


class FindingsPanel(Card):
    """`wanted` asks for the row of a question's cell; `explained` carries an answer, `read_as` what a cell means."""

    wanted = Signal(object, str)
    explained = Signal(object, str)
    to_explain = Signal(object)
    read_as = Signal(object, object)

    def __init__(self) -> None:
        """Make the panel, empty."""
        self._all = Link("Expand all")
        super().__init__("Findings", " ", [self._all])
        self._all.clicked.connect(self._expand)
        self.rules: Sequence[ReviewRule] = ()
        self._shown: dict[str, int] = {}
        self._all_cells: set[str] = set()
        self.read_only = False
        self._at: dict[tuple[str, int], list[QWidget]] = {}
        self._lit: list[QWidget] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Findings by rule")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.add(self._scroll)
        self.setMinimumHeight(size(180))

    def show_rules(self, rules: Sequence[ReviewRule]) -> None:
        """Show the findings; what was expanded stays so."""
        kept = self._scroll.verticalScrollBar().value()
        self.rules, self._at, self._lit = rules, {}, []
        count = sum(len(each.questions) for each in rules)
        self.hint.setText(f"{count} in {len(rules)} {'rule' if len(rules) == 1 else 'rules'}" if rules else "")
        self._all.setVisible(any(len(each.questions) > self._shown.get(each.rule, _FEW) for each in rules))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for grade in Grade:
            self._grade(column, grade, [each for each in rules if each.grade is grade])
        if not rules:
            nothing = label("No rule found anything to ask about.", tone="2", wrap=True)
            nothing.setContentsMargins(size(14), size(10), size(14), size(10))
            column.addWidget(nothing)
        column.addStretch(1)
        self._scroll.setWidget(body)
        body.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().setValue(kept)

    def _grade(self, column: QVBoxLayout, grade: Grade, rules: Sequence[ReviewRule]) -> None:
        if not rules:
            return
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(size(14), size(5), size(14), size(5))
        cells = sum(each.cells for each in rules)
        row.addWidget(Badge("finding", grade.value, ground=False))
        row.addStretch(1)
        row.addWidget(label(f"{cells} {'cell' if cells == 1 else 'cells'}", "help", tone="3"))
        column.addWidget(head)
        for each in rules:
            column.addWidget(rule())
            column.addWidget(self._rule(each))
        column.addWidget(rule())

    def _rule(self, each: ReviewRule) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(size(8), size(6), size(8), size(6))
        column.setSpacing(size(1))
        alone = len({question.finding.message for question in each.questions}) == 1
        title = each.questions[0].finding.message if alone else _title(each)
        name = label(title, "medium", wrap=True)
        name.setContentsMargins(size(6), 0, 0, 0)
        column.addWidget(name)
        shown = each.questions[: self._shown.get(each.rule, _FEW)]
        for question in shown:
            column.addWidget(self._question(question, with_message=not alone))
        if len(shown) < len(each.questions):
            more = Link(f"{len(each.questions) - len(shown):,} more", role="help")
            more.setAccessibleName(f"{more.text()}: {_title(each)}")
            more.clicked.connect(lambda: self._expand(each.rule))
            more.setContentsMargins(size(6), 0, 0, 0)
            column.addWidget(more)
        return made

    def _question(self, question: ReviewQuestion, *, with_message: bool) -> QWidget:
        made = QFrame()
        column = QVBoxLayout(made)
        column.setContentsMargins(size(6), size(3), size(6), size(3))
        column.setSpacing(size(2))
        if (cells := self._cells(question)) is not None:
            column.addWidget(cells)
        if with_message:
            column.addWidget(label(question.finding.message, "help", tone="2", wrap=True))
        if question.comment and question.can_explain and not question.carried:
            column.addWidget(label(f"“{question.comment}” their comment", "help", wrap=True))
        if question.explanation:
            column.addWidget(label(f"Explained: {question.explanation}", "help", tone="good", wrap=True))
        if question.carried:
            column.addWidget(label(f"Explained before: {question.carried}", "help", tone="good", wrap=True))
        if answers := self._answers(question):
            line = QWidget()
            across = FlowLayout(line, gap=size(12))
            for each in answers:
                across.addWidget(each)
            column.addWidget(line)
        if question.number is not None:
            self._at.setdefault((question.kind, question.number), []).append(made)
        return made

    def _cells(self, question: ReviewQuestion) -> QWidget | None:
        """Return the links to the rows that a question is about, if any is known."""
        cells = QWidget()
        flow = FlowLayout(cells, gap=size(4))
        named = question.finding.cells
        shown = named if question.finding.message in self._all_cells else named[:_CELLS]
        for cell in shown:
            flow.addWidget(self._cell(cell, question))
        if len(shown) < len(named):
            more = f"{len(named) - len(shown)} more"
            flow.addWidget(self._link(more, lambda: self._show_cells(question), question))
        if not named and question.number is not None:
            flow.addWidget(self._link("Show it", lambda: self.wanted.emit(question, ""), question))
        return cells if flow.count() else None

    def _cell(self, cell: str, question: ReviewQuestion) -> QPushButton:
        made = _CellButton(cell)
        made.setAccessibleName(f"Go to {cell}")
        made.setToolTip(f"{cell}: {question.finding.message}")
        made.clicked.connect(lambda: self.wanted.emit(question, cell))
        return made

    def _answers(self, question: ReviewQuestion) -> list[QWidget]:
        """Return the links by which a question is answered."""
        if self.read_only:
            return []
        if question.typed:
            return [
                self._link("As suggested", lambda: self.read_as.emit(question, Suggestions.ACCEPT), question)
                if question.said is not Suggestions.ACCEPT
                else label("Read as suggested", "help", tone="good"),
                self._link("As typed", lambda: self.read_as.emit(question, Suggestions.DECLINE), question)
                if question.finding.rule == "new_name"
                else self._link("Ask the agency", lambda: self.read_as.emit(question, Suggestions.HOLD), question),
            ]
        if question.explanation:
            return [self._link("Ask again", lambda: self.explained.emit(question, ""), question)]
        if question.carried or not question.can_explain:
            return []
        links = [self._link("Explain…", lambda: self.to_explain.emit(question), question)]
        if question.comment:
            accept = self._link("Accept explanation", lambda: self.explained.emit(question, question.comment), question)
            links.insert(0, accept)
        return links

    def _link(self, words: str, does: object, question: ReviewQuestion) -> QWidget:
        made = Link(words, role="help")
        made.setAccessibleName(f"{words}: {question.finding.message}")
        made.clicked.connect(does)
        return made

    def _expand(self, only: object = None) -> None:
        """Show more findings of one rule, or of all of them."""
        wanted = {only} if isinstance(only, str) else {each.rule for each in self.rules}
        self._shown |= {name: self._shown.get(name, _FEW) + _MORE for name in wanted}
        self.show_rules(self.rules)

    def _show_cells(self, question: ReviewQuestion) -> None:
        self._all_cells.add(question.finding.message)
        self.show_rules(self.rules)

    def to_top(self) -> None:
        """Show the findings from the first."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_row(self, kind: str, number: int) -> None:
        """Mark what is asked about a row and bring it into sight."""
        for each in self._lit:
            set_look(each, "part", "")
        self._lit = self._at.get((kind, number), [])
        for each in self._lit:
            set_look(each, "part", "tag")
        if self._lit:
            self._scroll.ensureWidgetVisible(self._lit[0], 0, size(20))


class _CellButton(QPushButton):
    """The name of a cell in a small box, which leads to its row."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        wide = QFontMetrics(font("help")).horizontalAdvance(self.text()) + size(14)
        return QSize(min(wide, size(_WIDEST)), size(20))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(token("hover" if self.underMouse() else "surface"))
        painter.setPen(QPen(token("line2"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), size(3), size(3))
        painter.setFont(font("help"))
        painter.setPen(token("accent"))
        room = self.width() - size(10)
        cut = QFontMetrics(font("help")).elidedText(self.text(), Qt.TextElideMode.ElideLeft, room)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, cut)


def _title(each: ReviewRule) -> str:
    said = each.rule.replace("_", " ")
    return _TITLES.get(each.rule) or said[:1].upper() + said[1:]
