"""Which machines on the web may be asked: public ones only, so that a feed cannot make Parley reach into a network."""

from __future__ import annotations

import ipaddress
import socket

from parley.errors import ReadError


def resolve(host: str, port: int, *, private: bool) -> str:
    """The IP address of a host; the connection goes to this one, so that a second answer cannot lead elsewhere.

    Args:
        host: name or address, names in ASCII.
        port: port that is to be asked.
        private: whether addresses that are not public are fine.

    Raises:
        ReadError: there is no such host, or one of its addresses is not public.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(f"{host}: no such host") from error
    addresses = [str(answer[4][0]) for answer in answers]
    if not private and not all(map(_is_public, addresses)):
        raise ReadError(f"{host} is an address of the own machine or network, which is not fetched")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether an address is one of the open web, and no disguise of another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast
