"""What one version says and the one before did not, and the other way round, as an RDF Patch: from sorted lines."""

from collections.abc import Iterable, Iterator


def patch(before: Iterable[bytes], after: Iterable[bytes], versions: tuple[str, str]) -> Iterator[bytes]:
    """An RDF Patch that turns the older N-Triples into the newer ones; both are sorted and without repetition."""
    older, newer = versions
    yield f'H previous "{older}" .\nH id "{newer}" .\nTX .\n'.encode()
    yield from _steps(iter(before), iter(after))
    yield b"TC .\n"


def _steps(before: Iterator[bytes], after: Iterator[bytes]) -> Iterator[bytes]:
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old < new):
            assert old is not None
            yield b"D " + old
            old = next(before, None)
        elif old is None or new < old:
            yield b"A " + new
            new = next(after, None)
        else:
            old, new = next(before, None), next(after, None)
