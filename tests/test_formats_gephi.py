"""GraphML and GEXF as Gephi's own toolkit reads them."""

from pathlib import Path

import pytest

from api.formats import FORMATS
from api.formats.subgraph import subgraph
from graph.result import Result, in_one_part
from tests.conftest import Store
from tests.jars import Jars
from tests.required import require_jars
from tests.sample_result import PLACE, sample
from tests.whole_graph import everything

pytestmark = pytest.mark.slow

GEPHI = Jars(Path(__file__).parent / "gephi")
FILES = ("graphml", "gexf")


@pytest.fixture(scope="module")
def toolkit() -> Jars:
    require_jars(GEPHI)
    return GEPHI


def found(toolkit: Jars, result: Result, folder: Path) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """By suffix and `node` or `edge`: what Gephi has in its graph after reading the file."""
    files = {str(folder / f"answer.{suffix}"): suffix for suffix in FILES}
    for file, suffix in files.items():
        Path(file).write_bytes(FORMATS[suffix].write(result, PLACE))
    read: dict[str, dict[str, set[tuple[str, ...]]]] = {suffix: {"node": set(), "edge": set()} for suffix in FILES}
    for line in toolkit.run("Reader.java", *files).splitlines():
        file, kind, *told = line.split("\t")
        read[files[file]][kind].add(tuple(told))
    return read


def expected(result: Result) -> dict[str, set[tuple[str, ...]]]:
    graph = subgraph(in_one_part(result), PLACE)
    return {
        "node": {(node.id, " ".join(node.label.split())) for node in graph.nodes},
        "edge": {(e.id, e.source, e.target, "true", " ".join(e.label.split())) for e in graph.edges},
    }


def test_gephi_reads_every_node_and_edge_of_the_sample(toolkit: Jars, tmp_path: Path) -> None:
    told = expected(sample())

    assert found(toolkit, sample(), tmp_path) == dict.fromkeys(FILES, told)


async def test_gephi_reads_every_node_and_edge_of_the_seed(toolkit: Jars, embedded: Store, tmp_path: Path) -> None:
    whole = await everything(await embedded.hold("seed"))
    told = expected(whole)

    assert len(told["edge"]) == len(whole.claims) > 100
    assert found(toolkit, whole, tmp_path) == dict.fromkeys(FILES, told)
