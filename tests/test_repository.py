"""What must hold of the repository itself."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def _pins(name: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for package, version in _PIN.findall((ROOT / name).read_text()):
        pins.setdefault(package, set()).add(version)
    return pins


@pytest.mark.parametrize("image", ["requirements-chat.lock", "requirements-render.lock"])
def test_images_ship_the_versions_that_were_tested(image: str) -> None:
    """Each image's lock holds only versions of the lock the tests ran with."""
    tested = _pins("requirements.lock")
    shipped = _pins(image)
    assert len(shipped) > 20
    assert {package for package, versions in shipped.items() if not versions <= tested.get(package, set())} == set()


def test_the_render_image_has_no_chat_in_it() -> None:
    """The press installs neither Chainlit, AutoGen nor Qdrant, and no image installs Piper."""
    render = _pins("requirements-render.lock")
    assert not {"chainlit", "autogen-core", "autogen-agentchat", "qdrant-client"} & render.keys()
    assert "piper-tts" not in render.keys() | _pins("requirements-chat.lock").keys()


def test_no_file_names_a_registry_or_a_private_key() -> None:
    """Nothing tracked names a package registry's host or holds a secret."""
    hosts = "|".join((r"py[p]i\.org", r"python[h]osted\.org", r"registry\.n[p]mjs"))
    forbidden = re.compile(rf"{hosts}|BEGIN [A-Z ]*PRIVATE[ ]KEY-----\n[A-Za-z0-9+/]{{40}}|sk-[A-Za-z0-9]{{32}}")
    found = []
    for path in _tracked():
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {match.group()[:40]}" for match in forbidden.finditer(text)]
    assert found == []


def test_modules_stay_small() -> None:
    """A Python file of the product has one subject and at most 300 lines; migrations are generated."""
    rooms = ("course", "agents", "chat_app", "render_service", "local_cloud", "benchmarks")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms
        if (lines := path.read_text().count("\n")) > 300
    }
    assert long == {}
