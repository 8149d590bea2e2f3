"""The developer's door: when it sets up anew, which commands it knows, and what it says when it cannot."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def dev() -> ModuleType:
    """Return a fresh copy of dev.py, which stands beside the package and not in it."""
    spec = importlib.util.spec_from_file_location("dev", PROJECT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def place(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move dev.py's project into an empty folder that declares its needs."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "ctdesk-ready")
    monkeypatch.setattr(dev, "_loads", lambda library: True)
    declare(tmp_path)
    return tmp_path


def declare(folder: Path, dependency: str = "openpyxl", line_length: int = 110) -> None:
    (folder / "pyproject.toml").write_text(
        f'[project]\nname = "x"\ndependencies = ["{dependency}"]\n[tool.ruff]\nline-length = {line_length}\n',
        encoding="utf-8",
    )


class Machine:
    """Stands for the commands dev.py would run: notes each, and makes the environment's Python when asked."""

    def __init__(self, dev: ModuleType, fails_on: str = "nothing") -> None:
        self.dev, self.fails_on, self.calls = dev, fails_on, []

    def __call__(self, command: Sequence[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> int:
        line = " ".join(command[1:])
        self.calls.append(line)
        if "-m venv" in line:
            python = self.dev._environment_python()
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return int(self.fails_on in line)


def on_machine(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    machine = Machine(dev, **settings)
    monkeypatch.setattr(dev.subprocess, "call", machine)
    return machine.calls


def test_first_call_sets_up_and_second_runs_nothing(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    dev.prepare()
    assert [call.split(" --")[0] for call in calls] == ["-m venv", "-m pip install", "-m pip install"]
    assert calls[-1].endswith("--editable . --group dev")
    calls.clear()
    dev.prepare()
    assert calls == []


def test_new_requirement_is_installed_into_the_same_environment(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    dev.prepare()
    calls.clear()
    declare(place, dependency="reportlab")
    dev.prepare()
    assert not any("venv" in call for call in calls)
    assert any("--editable" in call for call in calls)


def test_a_linter_setting_is_no_reason_to_install(dev, place):
    before = dev.fingerprint(place)
    declare(place, line_length=100)
    assert dev.fingerprint(place) == before
    declare(place, dependency="reportlab")
    assert dev.fingerprint(place) != before


def test_a_moved_project_is_installed_anew(dev, place):
    moved = place / "elsewhere"
    moved.mkdir()
    declare(moved)
    assert dev.fingerprint(moved) != dev.fingerprint(place)


def test_set_up_cut_short_is_begun_again(dev, place, monkeypatch):
    on_machine(dev, monkeypatch, fails_on="--editable")
    with pytest.raises(dev.SetUpError, match="could not be installed"):
        dev.prepare()
    calls = on_machine(dev, monkeypatch)
    dev.prepare()
    assert calls[0].startswith("-m venv --clear")


def test_environment_without_its_python_is_made_again(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    dev.prepare()
    dev._environment_python().unlink()
    calls.clear()
    dev.prepare()
    assert calls[0].startswith("-m venv --clear")


def test_an_old_python_is_refused_in_a_sentence(dev, place, monkeypatch, capsys):
    calls = on_machine(dev, monkeypatch)
    monkeypatch.setattr(dev, "PYTHON_WANTED", (99, 0))
    assert dev.main(["test"]) == 2
    assert "Python 3.11 or newer" in capsys.readouterr().err
    assert calls == []


def test_a_missing_venv_module_is_named_with_its_package(dev, place, monkeypatch, capsys):
    on_machine(dev, monkeypatch)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    assert dev.main(["test"]) == 2
    assert "python3-venv" in capsys.readouterr().err


def without(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, library: str, user: int) -> None:
    monkeypatch.setattr(dev.platform, "system", lambda: "Linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(dev, "_loads", lambda name: name != library)


def test_missing_libraries_are_named_with_their_packages(dev, place, monkeypatch, capsys):
    calls = on_machine(dev, monkeypatch)
    without(dev, monkeypatch, "libxcb-cursor.so.0", user=1000)
    assert dev.main(["test"]) == 2
    assert "without libxcb-cursor.so.0: " in (said := capsys.readouterr().err)
    assert "apt-get install libxcb-cursor0" in said
    assert calls == []


def test_root_gets_missing_libraries_installed(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    without(dev, monkeypatch, "libEGL.so.1", user=0)
    dev.prepare()
    assert calls[:2] == ["update -qq", "install -qq -y --no-install-recommends libegl1"]


def test_libraries_that_cannot_be_installed_are_named(dev, place, monkeypatch, capsys):
    on_machine(dev, monkeypatch, fails_on="update")
    without(dev, monkeypatch, "libEGL.so.1", user=0)
    assert dev.main(["test"]) == 2
    assert "libegl1" in capsys.readouterr().err


def test_every_command_is_explained(dev, capsys):
    assert list(dev.COMMANDS) == ["run", "test", "slow", "faults", "lint", "bench", "shots", "build"]
    assert dev.main(["--help"]) == 0
    assert all(f"  {name}" in dev.usage() for name in dev.COMMANDS)
    assert dev.main(["unheard-of"]) == 2
    assert dev.main([]) == 2


def test_test_hands_its_arguments_to_pytest(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    assert dev.main(["test", "-k", "money"]) == 0
    assert calls[-1] == "-m pytest -n auto -k money"


def test_run_makes_the_demonstration_anew(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    (place / "demo" / "old").mkdir(parents=True)
    assert dev.main(["run"]) == 0
    assert calls[-1] == "-m ctdesk demo demo"
    assert not (place / "demo").exists()


def test_lint_fails_if_one_check_fails_but_runs_them_all(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch, fails_on="ruff check")
    assert dev.main(["lint"]) == 1
    for check in ("ruff check", "ruff format", "mypy --strict", "importlinter"):
        assert any(check in call for call in calls), check


def test_a_check_ended_by_a_signal_is_a_failure(dev):
    assert dev._worst(0, -11, 0) == 1


def test_commands_without_arguments_say_so(dev, place, monkeypatch, capsys):
    calls = on_machine(dev, monkeypatch)
    for name in ("run", "lint", "build"):
        assert dev.main([name, "--fix"]) == 2
        assert f"`dev.py {name}` takes nothing after it, but was given: --fix." in capsys.readouterr().err
    assert calls == [], "it is refused before anything is set up"


def test_every_command_explains_itself_before_anything_is_set_up(dev, place, monkeypatch, capsys):
    calls = on_machine(dev, monkeypatch)
    for name, asks in ((name, asks) for name in dev.COMMANDS for asks in ("-h", "--help")):
        assert dev.main([name, asks]) == 0
        said = capsys.readouterr().out
        assert said.startswith(f"Usage: python3 dev.py {name}")
        assert dev.meaning(name) in said
    assert calls == []
    assert not dev.VENV.exists()


def test_benchmarks_are_programs_in_order_without_their_shared_parts(dev, tmp_path):
    for name in ("write.py", "_measure.py", "receive.py", "notes.md"):
        (tmp_path / name).touch()
    assert [path.name for path in dev.benchmarks(tmp_path)] == ["receive.py", "write.py"]


def test_faults_by_day_and_by_night_are_one_command(dev, place, monkeypatch):
    calls = on_machine(dev, monkeypatch)
    for name in dev.NIGHT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(dev.os, "environ", dict(dev.os.environ))
    assert dev.main(["faults", "-x"]) == 0
    assert calls[-1] == "-m pytest -m slow -n auto tests/faults -x"
    assert not dev.NIGHT.keys() & dev.os.environ.keys()
    assert dev.main(["faults", "night", "-x"]) == 0
    assert calls[-1] == "-m pytest -m slow -n auto tests/faults -x"
    assert dev.NIGHT.items() <= dev.os.environ.items()


def test_every_figure_stands_in_one_table_with_its_peer_and_limit(dev, capsys):
    from benchmarks._measure import Limit, print_limits

    limits = [
        Limit("time", 0.31, 0.4, "pandas (openpyxl) and to_sql"),
        Limit("keystroke under a filter, 100,000, ms at 95%", 412.0, 300),
        Limit("time", 1.15, peer="bare python-calamine"),
    ]
    assert print_limits(limits) == 1
    said = {
        "receiving": (1, "A return  seconds\n" + capsys.readouterr().out),
        "built_start": (0, "nothing is built here\n"),
        "packs": (-9, "Traceback"),
    }
    _, first, second, third, none, failed, sums = dev.summary(said)
    assert first.split(maxsplit=2) == ["receiving", "time", "pandas (openpyxl) and to_sql      0.31      0.4  kept"]
    assert second.endswith("OVER")
    assert third.split()[-3:] == ["1.15", "-", "told"]
    assert none.split() == ["built_start", "no", "figure"]
    assert failed.endswith("FAILED with status -9")
    assert sums == "3 figures, 1 over their limits; 2 benchmarks did not tell all."


def test_the_table_says_what_it_was_measured_on(dev):
    assert f"{dev.os.cpu_count()} processors" in dev.machine()
