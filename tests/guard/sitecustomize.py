"""Imported by every Python that the tests start, and by the tests: nothing connects beyond this machine."""

import ipaddress
import socket
import sys


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    connection, address = arguments
    if not isinstance(connection, socket.socket) or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = ipaddress.ip_address(str(address[0]).partition("%")[0])  # type: ignore[index]
    if not host.is_loopback and not host.is_unspecified:
        raise PermissionError(f"tests stay on this machine; {address} is beyond it")


sys.addaudithook(_watch)
