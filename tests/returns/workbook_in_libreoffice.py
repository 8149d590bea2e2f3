"""LibreOffice at work on a file, as an agency would have it, for the tests that need it."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

_RESULT = re.compile(r"(<f[^>]*/>|</f>)<v>[^<]*</v>")


def saved_by_libreoffice(source: Path, form: str, folder: Path) -> Path:
    """Return a file as LibreOffice saves it in another form; skips the test where there is no LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / f"saved as {form}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return out / f"{source.stem}.{form}"


def without_results(source: Path, target: Path) -> Path:
    """Copy a workbook without the results of its formulas, so that whoever opens it must compute them."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bare:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _RESULT.sub(r"\1", content.decode()).encode()
            bare.writestr(name, content)
    return target
