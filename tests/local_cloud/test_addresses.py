"""Ports: counted from one, moved one by one, and a clash said in a sentence."""

import socket

import pytest

from local_cloud.addresses import Addresses
from local_cloud.errors import CannotStart
from local_cloud.ports import is_free


def _free_row() -> int:
    """The first of seven free ports in a row: other tests run beside this one."""
    return next(base for base in range(20010, 30000, 10) if all(is_free(base + step) for step in range(7)))


def test_one_setting_moves_all_ports() -> None:
    """LECTERN_PORT moves every part; a part's own variable moves that part alone."""
    ports = Addresses.read({"LECTERN_PORT": "9010", "LECTERN_RENDER_PORT": "9999"})
    assert (ports.chat, ports.render, ports.storage, ports.models) == (9010, 9999, 9013, 9016)
    assert ports.url("chat") == "http://127.0.0.1:9010"


def test_defaults_are_those_of_the_product_s_settings() -> None:
    """Without settings the chat and the press are where `course.settings` expects them."""
    ports = Addresses.read({})
    assert (ports.url("chat"), ports.url("render")) == ("http://127.0.0.1:8010", "http://127.0.0.1:8012")


def test_a_port_in_use_names_the_setting_to_change() -> None:
    """The sentence says which port is taken and what to set."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ports = Addresses.read({"LECTERN_PORT": str(_free_row()), "LECTERN_TASKS_PORT": str(port)})
        with pytest.raises(CannotStart, match=rf"^Port {port} of 127.0.0.1 is in use; set LECTERN_TASKS_PORT"):
            ports.require_free()


def test_two_parts_cannot_share_a_port() -> None:
    """The same port twice is a clash too."""
    port = _free_row()
    ports = Addresses.read({"LECTERN_PORT": str(port), "LECTERN_RENDER_PORT": str(port)})
    with pytest.raises(CannotStart, match=f"Port {port} .* LECTERN_RENDER_PORT"):
        ports.require_free()


@pytest.mark.parametrize("text", ["eighty", "80", "65535", "-1", "8010.5"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    """A setting that is no usable number is quoted back with what it should be."""
    with pytest.raises(CannotStart, match=r"LECTERN_PORT is .* between 1024 and"):
        Addresses.read({"LECTERN_PORT": text})
