"""Other processes of this machine."""

import os


def runs(pid: int) -> bool:
    """Whether a process of that number is there, whoever owns it."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
