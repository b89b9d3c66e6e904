"""The Chromium of this machine, as tests and figures start it."""

import os
import shutil

from playwright.async_api import Browser, Playwright

# Chromium of its own accord asks other hosts for news; what these leave is what our pages ask for.
QUIET = ("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def chromium() -> str:
    """Where it is, empty where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


async def launched(playwright: Playwright) -> Browser:
    """It, running without a window."""
    return await playwright.chromium.launch(executable_path=chromium(), args=list(QUIET), chromium_sandbox=False)
