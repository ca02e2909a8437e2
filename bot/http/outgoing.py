"""How Relais reaches servers: through a proxy or straight, and which authorities it trusts."""

import ssl
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from bot.errors import StartRefused


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`proxy` goes before those of the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY). `ca_file` holds certificates
    of authorities that are trusted besides the system's, which SSL_CERT_FILE may name."""

    proxy: str = ""
    ca_file: Path | None = None

    def __repr__(self) -> str:
        return "Outgoing"  # a proxy's address may hold a password

    def proxy_for(self, address: str) -> str | None:
        """The proxy for this address: none for hosts that NO_PROXY names; for loopback only the one that was set."""
        host = urlsplit(address).hostname or ""
        if proxy_bypass(host):
            return None
        return self.proxy or (None if _is_here(host) else _of_environment(urlsplit(address).scheme))

    def trust(self) -> ssl.SSLContext:
        """Whose certificates are accepted. Raises StartRefused when the file has none."""
        return _trust(self.ca_file)


@cache
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            why = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
            raise StartRefused(f"RELAIS_CA_FILE names {ca_file}, which cannot be used ({why}).") from None
    return context


STRAIGHT = Outgoing()
"""With nothing set."""


def _of_environment(scheme: str) -> str | None:
    """What the environment names for this scheme: `host:port` may stand for http://host:port, SOCKS is not spoken."""
    environment = getproxies_environment()
    found = environment.get(scheme) or environment.get("all") or ""
    if found and "://" not in found:
        found = f"http://{found}"
    return found if found.startswith(("http://", "https://")) else None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
