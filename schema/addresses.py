"""Addresses on the Web by RFC 3987, and what is wrong with one that is none."""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Any
from urllib.parse import quote

from schema.closed_lists import ADDRESSES

_NEVER = r'\s"<>\\^`{|}'
ADDRESS_PATTERN = rf"^https?://([^{_NEVER}%#]|%[0-9A-Fa-f]{{2}})+(#([^{_NEVER}%#]|%[0-9A-Fa-f]{{2}})*)?$"
"""For those who cannot run `web_address`, which says no to more."""

# Controls, marks that turn the reading direction, what is for private use, and what is no character.
_NOR = (
    "\x00-\x20\x7f-\xa0\u200e\u200f\u202a-\u202e\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + "\U000e0000-\U000e0fff\U000efffe-\U0010ffff"
)
_MISPLACED = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[{_NEVER}{_NOR}\[\]]|(?<=#)[^#]*(#)")
_BRACKETED = re.compile(r"^([^@]*@)?\[([^]]*)\](:[0-9]{0,5})?")
_NAMED = re.compile(r"([^@]*@)?[^:@]+(:[0-9]{0,5})?")


def web_address(text: str) -> str:
    """The address as it is; a ValueError says what about it is wrong and what would be right."""
    if not re.match("https?://", text):
        raise ValueError("must be a web address that starts with https:// or http://")
    rest = text.partition("://")[2]
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    six = _BRACKETED.fullmatch(authority)
    if not (_is_six(six[2]) if six else _NAMED.fullmatch(authority)):
        raise ValueError(f"{authority!r} is no host; write https://example.org/ or https://example.org:8080/")
    if found := _MISPLACED.search(_BRACKETED.sub(r"\1", rest) if six else rest):
        character = found[1] or found[0]
        encoded = "".join(f"%{byte:02X}" for byte in character.encode(errors="replace"))
        raise ValueError(f"holds {character!r}, which cannot stand there in an address; write {encoded}")
    return text


def _is_six(host: str) -> bool:
    try:
        return bool(IPv6Address(host)) and "%" not in host
    except AddressValueError:
        return False


def identifier_address(scheme: str | None, value: Any) -> str | None:
    """The address on the Web that an identifier of this scheme has; None where the scheme has none."""
    pattern = ADDRESSES.get(scheme or "")
    return pattern and pattern.format(quote(str(value), safe=""))
