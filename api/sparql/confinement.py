"""What a process that evaluates foreign queries gives up: the network, other programs, writing, memory beyond a limit.

The filter is the kernel's own (seccomp) and lists what is left; the network namespace is a second wall where one may
be made. At least one of them must stand. Only the standard library: this is imported by processes that hold little.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from contextlib import suppress
from errno import EPERM
from pathlib import Path
from signal import SIGKILL

FILTER, NAMESPACE = "filter", "namespace"
OPEN_FILES = 512

_SET_PDEATHSIG, _NO_NEW_PRIVILEGES, _SET_FILTER, _ALL_THREADS = 1, 38, 1, 1
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06  # instructions of the kernel's packet filter
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | EPERM, 0x7FFF0000
_NUMBER, _ARCHITECTURE, _FLAGS_OF_OPENAT = 0, 4, 32  # where they stand in what the filter is shown
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# By architecture: its number in the kernel, the calls that set a filter and open a file, and those that are left.
# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn ioctl pread64 readv
# writev sched_yield mremap madvise getpid gettid exit exit_group futex clock_gettime clock_nanosleep nanosleep
# getrandom recvmsg recvfrom prlimit64 newfstatat fcntl statx sigaltstack rseq fadvise64 getrusage ppoll
# membarrier set_robust_list, and on x86 poll and the older stat and lstat.
_CALLS = {
    "x86_64": (0xC000003E, 317, 257, (
        0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 24, 25, 28, 39, 186, 60, 231, 202, 228, 230, 35,
        318, 47, 45, 302, 262, 72, 332, 131, 334, 221, 98, 271, 324, 273, 7, 4, 6,
    )),
    "aarch64": (0xC00000B7, 277, 56, (
        63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 29, 67, 65, 66, 124, 216, 233, 172, 178, 93, 94, 98,
        113, 115, 101, 278, 212, 207, 261, 79, 25, 291, 132, 293, 223, 165, 73, 283, 99,
    )),
}  # fmt: skip


class NotConfined(Exception):
    """Neither wall stands: nothing foreign may be evaluated here."""


def end_with(owner: int) -> None:
    """Have the kernel kill this process once the one that launched it is gone; Linux alone does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, SIGKILL)
        if os.getppid() != owner:
            sys.exit(1)


def leave_network() -> bool:
    """Whether this process is now in a network namespace with nothing in it; before it has a second thread."""
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None).unshare
    return not unshare(_NEW_USER | _NEW_NETWORK) or not unshare(_NEW_NETWORK)


def limit(memory: int, file: int) -> None:
    """Bytes of address space beyond those in use now, and of a file that is written; no core, few files."""
    with suppress(FileNotFoundError):  # where there is no /proc the memory is as good as unlimited
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with suppress(OSError):  # where the machine runs out of it all the same, this process is to end and no other
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def limit_processor(seconds: float) -> None:
    """Seconds of a processor from now on: should nobody be left who kills this process, the kernel does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def set_filter() -> bool:
    """Whether the kernel now refuses all calls but the few that reading, computing and writing to what is open take."""
    if sys.platform != "linux" or (known := _CALLS.get(platform.machine())) is None:
        return False
    architecture, seccomp, openat, allowed = known
    program = ctypes.create_string_buffer(_program(architecture, openat, allowed))
    head = struct.pack("HxxxxxxP", len(program.raw) // 8, ctypes.addressof(program))
    libc = ctypes.CDLL(None)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not libc.syscall(seccomp, _SET_FILTER, _ALL_THREADS, head)


def _program(architecture: int, openat: int, allowed: tuple[int, ...]) -> bytes:
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    lines += [(_EQUAL, len(allowed) - place + 3, 0, call) for place, call in enumerate(allowed)]
    lines += [
        (_EQUAL, 0, 2, openat),
        (_LOAD, 0, 0, _FLAGS_OF_OPENAT),
        (_ANY_BIT, 0, 1, _WRITING),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
