"""Where servers listen, and how they are served: on this machine alone, unless somebody says otherwise."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from translate.errors import UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def hosts(address: str, port: int) -> frozenset[str]:
    """Return the names by which a server may be called: those of the machine itself, and the address it was told.

    >>> sorted(hosts("127.0.0.1", 80))
    ['127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:80', 'localhost', 'localhost:80']
    """
    named = [*_LOOPBACK, _named(address)]
    return frozenset(f"{one}:{port}" for one in named) | (frozenset(named) if port == 80 else frozenset())


def origin(address: str, port: int) -> str:
    """Return how browsers and programs call a server.

    >>> origin("127.0.0.1", 5000), origin("::1", 80)
    ('http://127.0.0.1:5000/', 'http://[::1]:80/')
    """
    return f"http://{_named(address)}:{port}/"


def is_loopback(address: str) -> bool:
    """Say whether only programs of this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 is any that is free.

    Whoever is told the address may call at once: calls wait until they are answered.

    Raises:
        UsageError: the port is taken, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen()
    except OSError as error:
        made.close()
        raise UsageError(
            f"it cannot listen on {host}:{port}: {error.strerror}",
            where="--port",
            remedy="Another one may be open there: use it, or choose another port (0 takes any that is free).",
        ) from error
    return made


def serve(application: Any, listening: socket.socket) -> None:
    """Let an ASGI application answer who calls at a socket, until the process is interrupted."""
    import uvicorn

    config = uvicorn.Config(application, log_level="error", access_log=False, lifespan="off", ws="none")
    uvicorn.Server(config).run(sockets=[listening])


def _named(address: str) -> str:
    return f"[{address}]" if ":" in address else address
