"""The columns of a register: what each is taken for, how sure that is, and how many of its cells could be read."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ctdesk.domain.records import DEFINITIONS
from ctdesk.services.adoption_sheet import ADOPTED, AdoptionSheet
from ctdesk.ui.models.adoption import GOES_TO, NOT_USED, SURE, ColumnsModel
from ctdesk.ui.theme import icon_pixmap, size, themes_changed, token
from ctdesk.ui.widgets import Card, StateDelegate, button

_WIDTHS = (44, 130, 220, 176, 96, 100)
_SAMPLES = 2
_Index = QModelIndex | QPersistentModelIndex


class ColumnsCard(Card):
    """`kind_wanted` and `profile_wanted` ("" for none) ask for others, `keep_wanted` to save a profile."""

    kind_wanted = Signal(str)
    profile_wanted = Signal(str)
    keep_wanted = Signal()

    def __init__(self) -> None:
        """Make the card, empty."""
        kind, profile, keep = QComboBox(), QComboBox(), button("Save as profile", small=True)
        super().__init__("Columns", "–", [kind, profile, keep])
        self.kind, self.profile, self.keep = kind, profile, keep
        self.kind.setAccessibleName("What the register holds")
        for each in ADOPTED:
            self.kind.addItem(DEFINITIONS[each].plural, each)
        self.kind.activated.connect(lambda _: self.kind_wanted.emit(self.kind.currentData()))
        self.profile.setAccessibleName("Profile of the register")
        self.profile.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.profile.setMinimumContentsLength(14)
        self.profile.setToolTip("What was said of an earlier register from the same source.")
        self.profile.activated.connect(lambda _: self.profile_wanted.emit(self.profile.currentData()))
        self.keep.clicked.connect(self.keep_wanted)
        self.table = ColumnsTable()
        self.add(self.table)

    def show_sheet(self, sheet: AdoptionSheet, profiles: list[tuple[str, str]]) -> None:
        """Show the columns, and which profile says what they are."""
        used = sum(1 for column in sheet.columns if column.field)
        unused = "; what is not used is listed at the end" if used < len(sheet.columns) else ""
        self.hint.setText(f"{used} of {len(sheet.columns)} used{unused}")
        self.kind.setCurrentIndex(self.kind.findData(sheet.register.kind))
        self.profile.clear()
        self.profile.addItem("Profile: none", "")
        for name, wish in profiles:
            self.profile.addItem(f"Profile: {name}", wish)
        current = sheet.register.profile.name if sheet.register.profile else ""
        self.profile.setCurrentIndex(max(0, self.profile.findText(f"Profile: {current}")))
        self.table.show_sheet(sheet)


class ColumnsTable(QTableView):
    """One line a column; Enter, F2 or a click chooses where it goes."""

    def __init__(self) -> None:
        """Make the table, empty."""
        super().__init__()
        self.columns = ColumnsModel()
        self.setModel(self.columns)
        self.setProperty("bare", "true")
        self.setAccessibleName("Columns and where they go")
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setItemDelegateForColumn(GOES_TO, GoesToDelegate(self))
        self.setItemDelegateForColumn(SURE, StateDelegate("adoption", self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(_SAMPLES, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._clicked)
        self.activated.connect(lambda index: self.edit(index.siblingAtColumn(GOES_TO)))
        self._measure()
        themes_changed.changed.connect(self._measure)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(size(30))
        for column, width in enumerate(_WIDTHS):
            if column != _SAMPLES:
                self.setColumnWidth(column, size(width))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the head and eight lines."""
        return QSize(size(700), size(30 + 8 * 30))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == GOES_TO:
            self.edit(index)
            editor = self.indexWidget(index) or self.findChild(_FieldChoice)
            if isinstance(editor, _FieldChoice):
                editor.showPopup()

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show the columns, the current one kept."""
        current = self.currentIndex()
        heading = self.columns.column(current.row()).heading if current.isValid() else ""
        at = self.verticalScrollBar().value()
        self.columns.show_sheet(sheet)
        line = max(0, self.columns.line_of(heading))
        if self.columns.rowCount():
            self.setCurrentIndex(self.columns.index(line, GOES_TO))
        self.verticalScrollBar().setValue(at)


class _FieldChoice(QComboBox):
    """The fields a column may go to; `settled` says that the list was closed."""

    settled = Signal()

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        """Close the list; the choice is made just after."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            QTimer.singleShot(0, self, self.settled.emit)


class GoesToDelegate(QStyledItemDelegate):
    """Paints where a column goes as a field with an arrow, and lets it be chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags: QStyle.StateFlag = option.state
        if flags & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, token("sel"))
        focused = bool(flags & QStyle.StateFlag.State_HasFocus)
        box = option.rect.adjusted(size(6), size(3), -size(6), -size(3))
        pen = painter.pen()
        pen.setColor(token("focus" if focused else "control"))
        pen.setWidth(size(2) if focused else 1)
        painter.setPen(pen)
        painter.setBrush(token("surface"))
        painter.drawRoundedRect(box, size(4), size(4))
        side = size(13)
        arrow = icon_pixmap("chevron-down", "text2", side, painter.device().devicePixelRatio())
        painter.drawPixmap(box.right() - side - size(6), box.center().y() - side // 2, arrow)
        words = box.adjusted(size(8), 0, -side - size(10), 0)
        painter.setFont(option.font)
        text = str(index.data() or "")
        painter.setPen(token("text2" if text == NOT_USED else "text"))
        cut = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:  # noqa: N802 - Qt's name
        """Return the list of fields."""
        made = _FieldChoice(parent)
        made.addItem(NOT_USED, "")
        model = index.model()
        assert isinstance(model, ColumnsModel)  # noqa: S101 - it is this table's own
        for name, label in model.fields:
            made.addItem(label, name)
        made.setAccessibleName(f"Where {model.column(index.row()).heading} goes")
        made.setMaxVisibleItems(20)
        made.settled.connect(lambda: self._close(made))
        return made

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Show the field in force."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Ask for the field chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:  # noqa: N802 - Qt's name
        """Put the list where it was painted."""
        editor.setGeometry(option.rect.adjusted(size(5), size(2), -size(5), -size(2)))
