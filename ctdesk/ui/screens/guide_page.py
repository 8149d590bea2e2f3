"""A page of the guide as a document: read from Markdown and dressed in the fonts and colours of the window."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)

from ctdesk.ui.theme import font, size, token

_HEADINGS = {1: "screen title", 2: "panel title", 3: "section"}


def dressed(markdown: str, folder: Path, parent: QObject) -> QTextDocument:
    """Return the document; pictures are looked for in the folder."""
    document = QTextDocument(parent)
    document.setDefaultFont(font("lead"))
    document.setBaseUrl(QUrl.fromLocalFile(f"{folder}/"))
    document.setDocumentMargin(size(18))
    document.setMarkdown(markdown)
    for block in _blocks(document):
        _dress(block)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)
    return document


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _dress(block: QTextBlock) -> None:
    """Give headings their role of the type scale, and lines room between them."""
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    spaced = QTextBlockFormat()
    spaced.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    spaced.setTopMargin(size(10 if level > 1 else 0))
    in_table = cursor.currentTable() is not None
    spaced.setBottomMargin(size(0 if in_table else 4 if block.textList() else 8))
    cursor.mergeBlockFormat(spaced)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        words = QTextCharFormat()
        words.setFont(font(_HEADINGS.get(level, "section")))
        # Set, not merged: Markdown gives headings a size of its own, which would win.
        cursor.setCharFormat(words)
        return
    for cursor in _strong_words(block):
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(strong)


def _strong_words(block: QTextBlock) -> list[QTextCursor]:
    """Return what Markdown made bold: the shipped typeface has no weight so heavy, and a drawn one is smudged."""
    found = []
    parts = block.begin()
    while not parts.atEnd():
        piece = parts.fragment()
        if piece.charFormat().fontWeight() > QFont.Weight.DemiBold:
            cursor = QTextCursor(block)
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            found.append(cursor)
        parts += 1
    return found


def _dress_table(table: QTextTable) -> None:
    """Draw hairlines only, and head the columns quietly."""
    look = table.format()
    look.setBorder(1)
    look.setBorderBrush(QBrush(token("line2")))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(size(5))
    look.setBottomMargin(size(12))
    table.setFormat(look)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        head = QTextCharFormat()
        head.setFont(font("badge"))
        head.setForeground(QBrush(token("text2")))
        cursor.mergeCharFormat(head)
        ground = cell.format()
        ground.setBackground(QBrush(token("sunken"), Qt.BrushStyle.SolidPattern))
        cell.setFormat(ground)
