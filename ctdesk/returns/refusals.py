"""Why a file was not read, and the one sentence a person is told."""

from pathlib import Path

from ctdesk.domain.errors import DeskError

_SEND_AGAIN = "ask for the file to be sent again, saved from Excel or LibreOffice as .xlsx"

SENTENCES = {
    "missing": "There is no file “{file}”{detail}; check where it was saved and choose it again.",
    "not readable": "“{file}” could not be opened{detail}; close it in other programs and try again.",
    "empty": "“{file}” is empty{detail}; " + _SEND_AGAIN + ".",
    "not a spreadsheet": "“{file}” is not a spreadsheet the desk can read{detail}; ask for it as .xlsx, .xls, "
    ".xlsb, .ods or .csv.",
    "truncated": "“{file}” is cut short{detail}; ask for the file to be sent again.",
    "damaged": "“{file}” is damaged{detail}; " + _SEND_AGAIN + ".",
    "password needed": "“{file}” is protected by a password{detail}; ask its sender for the password and give it "
    "with the file.",
    "wrong password": "The password given does not open “{file}”{detail}; ask its sender for the right one.",
    "password not supported": "“{file}” is protected by a password of a kind the desk cannot open{detail}; ask for "
    "it without a password, or as .xlsx.",
    "too large": "“{file}” is too large{detail}; remove what does not belong to the return and save it again.",
    "dangerous": "“{file}” was not opened because it is built in a way that could do harm{detail}; "
    + _SEND_AGAIN
    + ".",
    "took too long": "“{file}” took too long to read and was put aside{detail}; " + _SEND_AGAIN + ".",
    "too much memory": "“{file}” needs too much memory to read and was put aside{detail}; " + _SEND_AGAIN + ".",
    "crashed": "“{file}” could not be read because its content stops the reading program{detail}; " + _SEND_AGAIN + ".",
}
"""By reason; `detail` is empty or a remark in brackets that says where or what."""


class Refusal(Exception):
    """A file is not read; carries the reason, a key of SENTENCES, and a remark, before the file's name is known."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class UnreadableFile(DeskError):
    """A file could not be read; nothing was altered. `reason` is a key of SENTENCES."""

    def __init__(self, path: Path, refusal: Refusal) -> None:
        remark = " ".join(refusal.detail.split())[:300]  # a sheet's name may hold anything
        detail = f" ({remark})" if remark else ""
        super().__init__(SENTENCES[refusal.reason].format(file=path.name, detail=detail))
        self.path = path
        self.reason = refusal.reason
