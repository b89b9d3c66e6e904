"""What an export leaves behind is whole, or nobody takes it for whole: a full disk, a fault, a signal."""

import csv
import io
import json
import os
import resource
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest

from api.commands import DONE, INTERRUPTED, MISUSED
from api.commands.export import OFFER
from api.formats import FORMATS
from api.whole_file import write_whole
from graph.engine import Engine
from graph.engine_folder import running
from graph.errors import Unavailable
from graph.result import Answer, Result, in_one_part
from tests.commanding import civicgraph, popen
from tests.reading_rdf import SYNTAXES
from tests.sample_result import PLACE, sample

pytestmark = pytest.mark.slow
OUT = Path("-")


def broken(suffix: str) -> Iterator[bytes]:
    """Pieces of an export of many parts, the second of which does not come."""
    whole = in_one_part(sample(rows=[]))

    def once() -> Iterator[Result]:
        yield from in_one_part(sample()).claims()
        raise Unavailable("gone")

    answer = Answer(whole.head, lambda: 1000, once, whole.things, whole.ends, whole.cited)
    return FORMATS[suffix].stream(answer, PLACE)


@pytest.mark.parametrize("suffix", OFFER)
def test_a_broken_export_ends_within_a_record_and_no_reader_takes_it_for_whole(
    suffix: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(Unavailable):
        write_whole(OUT, broken(suffix))
    written = capsysbinary.readouterr().out

    assert len(written) > 100
    if suffix == "csv":
        head, *_, last = csv.reader(io.StringIO(written.decode(), newline=""))
        assert len(last) < len(head)
    else:
        with pytest.raises((ValueError, SyntaxError)):
            read(suffix, written)


def read(suffix: str, text: bytes) -> None:
    """As a program would that does not ask how the command ended."""
    if suffix in SYNTAXES or suffix == "np.trig":
        list(pyoxigraph.parse(text, SYNTAXES[suffix.removeprefix("np.")][0]))
    elif suffix in ("graphml", "gexf"):
        ElementTree.fromstring(text)
    else:
        for document in text.splitlines() if suffix in ("ndjson", "ftm.json") else [text]:
            json.loads(document)


@pytest.mark.parametrize("suffix", OFFER)
def test_what_is_whole_is_read_to_its_end(suffix: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_whole(OUT, FORMATS[suffix].stream(in_one_part(sample()), PLACE))
    written = capsysbinary.readouterr().out
    assert written == FORMATS[suffix].write(sample(), PLACE)
    if suffix != "csv":
        read(suffix, written)


@pytest.mark.parametrize("fault", [Unavailable("gone"), OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_stays_as_it_was_until_the_new_one_is_whole(fault: BaseException, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield bytes(1_000_000)
        assert [each.suffix for each in sorted(tmp_path.iterdir())] == ["", ".part"]
        raise fault

    target = tmp_path / "graph"
    target.write_text("before")
    with pytest.raises(type(fault)):
        write_whole(target, pieces())
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("graph", "before")]

    write_whole(target, iter([b"aft", b"er"]))
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("graph", "after")]


def test_two_that_write_one_file_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writes all of it, and the one that is done later has its own stand."""

    def pieces() -> Iterator[bytes]:
        yield b"first"
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", lambda: 1)
            write_whole(tmp_path / "graph", iter([b"second"]))
        assert (tmp_path / "graph").read_text() == "second"
        yield b" of two"

    write_whole(tmp_path / "graph", pieces())
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("graph", "first of two")]


def test_what_one_that_was_killed_has_left_is_removed_by_the_next_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    gone, kept = f"graph.{ended.pid}.part", ["graph.1.part", f"graph.x.{ended.pid}.part", "graph.mine.part"]
    for name in (gone, *kept, f"other.{ended.pid}.part"):
        (tmp_path / name).touch()
    write_whole(tmp_path / "graph", iter([b"whole"]))
    assert {each.name for each in tmp_path.iterdir()} == {"graph", *kept, f"other.{ended.pid}.part"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seed in it."""
    data = tmp_path_factory.mktemp("filled") / "data"
    assert civicgraph(data, "load").returncode == DONE
    return data


def test_a_full_device_is_named_and_stays_what_it_is(filled: Path) -> None:
    done = civicgraph(filled, "export", "--format", "nt", "--output", "/dev/full")
    assert (done.returncode, done.stdout) == (MISUSED, b"")
    assert done.stderr == b"civicgraph: /dev/full: No space left on device\n"
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


def test_a_file_that_cannot_grow_is_named_and_nothing_is_left_of_it(filled: Path, tmp_path: Path) -> None:
    """The limit is on the command alone: the engine runs already, and writes files of its own."""
    target = tmp_path / "graph.nt"
    with Engine(filled, fast_start=True):
        told = popen(filled, "export", "--format", "nt", "--output", target)
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (300_000, 300_000))
        done = subprocess.run(**told, preexec_fn=limit, timeout=60)
    assert (done.returncode, done.stdout) == (MISUSED, b"")
    assert done.stderr.decode() == f"civicgraph: {target}: File too large\n" and not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_export_that_nobody_reads_and_its_engine(filled: Path, number: signal.Signals) -> None:
    with subprocess.Popen(**popen(filled, "export", "--format", "nt", "--output", "-")) as exporting:
        assert exporting.stdout and exporting.stdout.read(1)
        time.sleep(1)  # by now the pipe is full
        exporting.send_signal(number)
        assert exporting.wait(timeout=30) == INTERRUPTED
        exporting.stdout.close()
    assert running(filled) is None


def test_a_page_is_not_what_a_graph_is_exported_as(filled: Path) -> None:
    done = civicgraph(filled, "export", "--format", "html", "--output", "-")
    assert done.returncode == MISUSED and b"invalid choice: 'html' (choose from" in done.stderr
