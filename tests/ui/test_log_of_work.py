"""Work in the background that fails tells the person what it was, and the log nothing that names anybody."""

import logging

from ctdesk.services import log
from tests.ui.windows import main_window, make_desk

MARK = "Zxqmarked"


def test_a_fault_in_the_background_names_no_file_in_the_log(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    logger = logging.getLogger("ctdesk")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(log, "log_folder", lambda: tmp_path)
    said = []

    def fail(_):
        raise ValueError(f"{MARK} in {tmp_path}")

    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.session.run(f"Writing {MARK}.xlsx", fail, lambda _: None, said.append)
        qtbot.waitUntil(lambda: bool(said))
    for handler in logger.handlers:
        handler.close()
    written = (tmp_path / "ctdesk.log").read_text(encoding="utf-8")
    assert MARK in said[0]
    assert "ValueError" in written
    assert MARK not in written
