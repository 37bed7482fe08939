"""What `make install` decides from the Python it is given and the one `.venv` was made with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]


def _python(path: Path, version: str) -> Path:
    """Answers the Makefile's questions as a suitable Python of that version; makes no environment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\ncase "$*" in *print*) echo "{version}" ;; *venv*) echo MADE; exit 1 ;; esac\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose `.venv` is of Python 3.11 and up to date."""
    shutil.copy(_ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    _python(tmp_path / ".venv" / "bin" / "python", "(3, 11)")
    (tmp_path / ".venv" / "installed").touch()
    return tmp_path


def _install(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHON", "MAKEFLAGS", "MAKELEVEL")}
    return subprocess.run(
        ["make", "install", *arguments],
        cwd=checkout,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_another_python_is_taken_at_its_word(checkout: Path) -> None:
    """PYTHON of another version, as an argument or a variable, makes `.venv` anew and says so."""
    other = _python(checkout / "other" / "python3.12", "(3, 12)")
    for done in (_install(checkout, f"PYTHON={other}"), _install(checkout, PYTHON=str(other))):
        assert "PYTHON is another version than that of .venv" in done.stdout
        assert "MADE" in done.stdout


def test_nothing_is_made_anew_without_need(checkout: Path) -> None:
    """Neither for the same version by another path, nor when none is chosen."""
    same = _python(checkout / "other" / "python3.11", "(3, 11)")
    for done in (_install(checkout, f"PYTHON={same}"), _install(checkout)):
        assert (done.returncode, "MADE" in done.stdout) == (0, False), done.stdout


def test_a_python_that_is_none_leaves_the_environment_alone(checkout: Path) -> None:
    """A path with no Python gets a sentence, and what was installed stays."""
    done = _install(checkout, f"PYTHON={checkout / 'missing'}")
    assert done.returncode != 0
    assert "set PYTHON to its path" in done.stdout
    assert "MADE" not in done.stdout
    assert (checkout / ".venv" / "installed").exists()
