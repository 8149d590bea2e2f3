"""The preview of what is printed: its pages, sizes, keys, saving, printing, and what goes wrong with each."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from ctdesk.domain.cancelling import Cancelled
from ctdesk.domain.errors import DeskError
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.preview.pages_view import FIT_PAGE, FIT_WIDTH
from ctdesk.ui.preview.printing import print_pages, printer_for
from ctdesk.ui.preview.window import PreviewWindow
from ctdesk.ui.tasks import Progress
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from tests.reports.test_pages import make_pdf
from tests.ui.names import unnamed
from tests.ui.windows import main_window

A4, WIDE = (595, 842), (842, 595)


@contextmanager
def shown(window, qtbot, tmp_path, *sizes):
    content = make_pdf(tmp_path / "made.pdf", *sizes)
    preview(window.session, window, "Minutes: 1/2026", lambda path, _: path.write_bytes(content))
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    made = window.findChildren(PreviewWindow)[0]
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def three(window, qtbot, tmp_path):
    with shown(window, qtbot, tmp_path, WIDE, A4, WIDE) as made:
        yield made


def test_pages_come_as_pictures_and_only_those_near(window, qtbot, tmp_path):
    with shown(window, qtbot, tmp_path, *[A4] * 40) as made:
        qtbot.waitUntil(lambda: 0 in made.view._held and 1 in made.view._held)
        made.view.turn_to(30)
        qtbot.waitUntil(lambda: 30 in made.view._held)
        assert 0 not in made.view._held
        assert len(made.view._held) <= 4
        red = made.view.grab().toImage().pixelColor(made.view.width() // 2, made.view.height() // 2)
        assert (red.red(), red.green()) == (255, 0)


def test_the_page_is_said_and_turned_by_bar_list_and_keys(three, qtbot):
    assert three.bar.page.text() == "1"
    assert not three.bar.previous.isEnabled()
    three.bar.next.click()
    assert (three.view.current, three.list.currentIndex().row(), three.bar.page.text()) == (1, 1, "2")
    three.list.setCurrentIndex(three.list.model().index(2, 0))
    assert three.view.current == 2
    assert not three.bar.next.isEnabled()
    assert three.view.accessibleName() == "Page 3 of 3"
    qtbot.keyClick(three.view, Qt.Key.Key_Home)
    assert three.view.current == 0
    qtbot.keyClick(three, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert three.view.current == 1
    qtbot.keyClick(three, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(three.bar.page, "3")
    qtbot.keyClick(three.bar.page, Qt.Key.Key_Return)
    assert three.view.current == 2


def test_pages_fit_the_window_or_have_the_size_asked_for(three, window):
    assert three.bar.zoom.currentText() == "Fit width"
    assert three.view.horizontalScrollBar().maximum() == 0
    three.zoom_to(FIT_PAGE)
    assert max(rect.height() for rect in three.view._rects) <= three.view.viewport().height()
    three.zoom_to(1.0)
    assert three.view._rects[0].width() == round(842 * 96 / 72)
    three.view.turn_to(2)
    three.view.larger()
    assert (three.bar.zoom.currentText(), three.view.current) == ("125%", 2)
    for _ in range(20):
        three.view.larger()
    assert three.view.factor == 4
    three.zoom_to(FIT_WIDTH)
    assert window.session.memory.get("preview zoom") == FIT_WIDTH


def test_saved_is_the_very_thing_that_is_shown(three, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *said: (str(tmp_path / said[2]), ""))
    three.ask_where_to_save()
    assert (tmp_path / "Minutes 1 2026.pdf").read_bytes() == three._paper.content
    three.save_to(tmp_path / "nowhere" / "a.pdf")
    assert "could not be written" in three.said.text()


def test_the_viewer_gets_a_copy_and_its_absence_is_said(three, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    three.open_elsewhere()
    assert opened[0].read_bytes() == three._paper.content
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    three.open_elsewhere()
    assert "No program on this computer opened the PDF" in three.said.text()


def on_paper(pages, path, dots=150):
    printer = printer_for(pages, "Minutes")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


def test_printing_sends_every_page_turned_as_it_is(three, qtbot, tmp_path):
    three.print_on(on_paper(three._pages, tmp_path / "out.pdf"))
    qtbot.waitUntil(lambda: three.said.text() == "3 pages sent to the printer.")
    sheets = PdfReader(tmp_path / "out.pdf").pages
    assert [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets] == [WIDE, A4, WIDE]
    assert three.print.isEnabled()


@pytest.mark.slow
def test_printed_pages_look_as_the_preview_does(three, tmp_path):
    from ctdesk.reports.pages import Pages

    print_pages(three._pages, on_paper(three._pages, tmp_path / "out.pdf", 1200), Progress())
    printed = Pages((tmp_path / "out.pdf").read_bytes(), "Printed")
    wanted, found = three._pages.picture(1, 0.25), printed.picture(1, 0.25)
    printed.close()
    assert (wanted.width, wanted.height) == (found.width, found.height)
    unlike = sum(abs(one - other) > 40 for one, other in zip(wanted.content, found.content, strict=True))
    assert unlike < len(wanted.content) * 0.01


def test_only_the_pages_chosen_are_printed(three, tmp_path):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pages(three._pages, printer, Progress()) == 2
    sheets = PdfReader(tmp_path / "out.pdf").pages
    assert [round(sheet.mediabox.width) for sheet in sheets] == [842, 595]


def widths(path):
    return [round(sheet.mediabox.width) for sheet in PdfReader(path).pages]


@pytest.mark.parametrize(
    ("collated", "wanted"), [(True, [842, 595, 842, 595]), (False, [842, 842, 595, 595])], ids=["collated", "each"]
)
def test_copies_come_out_in_the_order_that_was_chosen(three, tmp_path, collated, wanted):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    printer.setFromTo(1, 2)
    printer.setCopyCount(2)
    printer.setCollateCopies(collated)
    assert print_pages(three._pages, printer, Progress()) == 4
    assert widths(tmp_path / "out.pdf") == wanted


def test_a_printer_that_makes_copies_itself_is_sent_each_page_once(three, tmp_path, monkeypatch):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    printer.setCopyCount(3)
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: True)
    assert print_pages(three._pages, printer, Progress()) == 3
    assert printer.copyCount() == 3


def test_single_pages_and_ranges_are_printed(three, tmp_path):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    printer.setPageRanges(QPageRanges.fromString("1,3"))
    assert print_pages(three._pages, printer, Progress()) == 2
    assert widths(tmp_path / "out.pdf") == [842, 842]


def test_the_page_in_sight_is_printed_alone(three, qtbot, tmp_path):
    three.view.turn_to(1)
    three.print_on(on_paper(three._pages, tmp_path / "out.pdf"), only=three.view.current + 1)
    qtbot.waitUntil(lambda: three.said.text() == "1 page sent to the printer.")
    assert widths(tmp_path / "out.pdf") == [595]


def test_what_was_chosen_of_the_printer_stays_from_page_to_page(three, tmp_path):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    chosen = (printer.duplex(), printer.colorMode())
    print_pages(three._pages, printer, Progress())
    assert (printer.duplex(), printer.colorMode()) == chosen
    assert widths(tmp_path / "out.pdf") == [1191, 842, 1191]


def test_a_job_that_ends_with_a_wide_page_is_left_upright(three, tmp_path):
    printer = on_paper(three._pages, tmp_path / "out.pdf")
    print_pages(three._pages, printer, Progress())
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Portrait
    assert widths(tmp_path / "out.pdf") == [842, 595, 842]


class Chosen:
    """A print dialog in which somebody chose the page in sight."""

    def __init__(self, printer, _parent):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(Chosen.path))

    def setOption(self, option):  # noqa: N802 - Qt's name
        assert option is QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage

    def setMinMax(self, *pages):  # noqa: N802 - Qt's name
        Chosen.offered = pages

    def exec(self):
        return 1

    def printRange(self):  # noqa: N802 - Qt's name
        return QAbstractPrintDialog.PrintRange.CurrentPage

    def deleteLater(self):  # noqa: N802 - Qt's name
        pass


def test_the_printers_dialog_offers_the_pages_there_are(three, qtbot, tmp_path, monkeypatch):
    Chosen.path = tmp_path / "out.pdf"
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Second floor"])
    monkeypatch.setattr("ctdesk.ui.preview.window.QPrintDialog", Chosen)
    three.view.turn_to(2)
    three.ask_how_to_print()
    qtbot.waitUntil(lambda: three.said.text() == "1 page sent to the printer.")
    assert Chosen.offered == (1, 3)
    assert widths(Chosen.path) == [842]


def test_printing_stops_when_cancelled(three, tmp_path):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        print_pages(three._pages, on_paper(three._pages, tmp_path / "out.pdf"), progress)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_take_the_pages_is_said(three, tmp_path):
    with pytest.raises(DeskError, match="did not take the pages"):
        print_pages(three._pages, on_paper(three._pages, tmp_path / "nowhere" / "out.pdf"), Progress())


def test_a_computer_without_printers_is_told_so(three, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    three.ask_how_to_print()
    assert "knows no printer" in three.said.text()


def test_a_damaged_pdf_is_said_and_no_window_opens(window, qtbot):
    preview(window.session, window, "Minutes", lambda path, _: path.write_bytes(b"%PDF-1.7 no more"))
    qtbot.waitUntil(lambda: "The pages of Minutes cannot be shown" in window.status._work.text())
    assert not window.findChildren(PreviewWindow)


def test_closing_the_main_window_closes_its_previews(desk, qtbot, tmp_path):
    with main_window(desk) as window:
        window.start()
        with shown(window, qtbot, tmp_path, A4) as made:
            window.close()
            assert not made.isVisible()


def test_the_baseline_report_is_previewed(window, desk, qtbot):
    from datetime import date

    from ctdesk.services.rounds import start_round

    start_round(desk, "Spring 2027", date(2027, 3, 31), date(2027, 4, 30))
    window.go(Place("rounds"))
    next(action for action in window.commands.all() if "baseline report" in action.text()).trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    made = window.findChildren(PreviewWindow)[0]
    assert made.windowTitle() == "Baseline report Spring 2027 – preview"
    made.close()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_nothing_is_cut(window, qtbot, tmp_path, dressed, scale):
    dressed("light", scale)
    window.resize(1366, 690)
    with shown(window, qtbot, tmp_path, A4, A4) as made:
        assert unnamed(made) == []
        assert made.width() <= 1366
        for control in (made.viewer, made.save, made.print, made.bar.zoom, made.bar.larger):
            assert made.rect().contains(control.mapTo(made, control.rect().bottomRight()))
