"""The address of a licence that a document's terms name, where there is one."""

from schema.vocabulary import LICENCE

_ADDRESSES = {
    "Apache-2.0": LICENCE,
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "MIT": "https://spdx.org/licenses/MIT",
    "United States government work": "https://creativecommons.org/publicdomain/mark/1.0/",
}


def licence_address(terms: str | None) -> str | None:
    """`CC BY-SA 4.0 (compilation)` → its address; None where the terms begin with no licence that we know."""
    for name, address in _ADDRESSES.items():
        if terms == name or (terms or "").startswith((f"{name} ", f"{name},", f"{name};")):
            return address
    return None
