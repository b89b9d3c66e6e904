"""What the libraries of neighbouring fields hold of a file, as JSON: `neighbours.py nanopub FILE`; likewise ftm."""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # of theirs

from collections import defaultdict  # noqa: E402
from typing import Any  # noqa: E402

from followthemoney import model  # noqa: E402
from followthemoney.exc import InvalidData  # noqa: E402
from nanopub import Nanopub  # noqa: E402
from nanopub.utils import MalformedNanopubError  # noqa: E402
from rdflib import ConjunctiveGraph  # noqa: E402


def nanopubs(path: str) -> list[dict[str, Any]]:
    """By address: what it introduces, or what is wrong with it."""
    whole = ConjunctiveGraph()
    whole.parse(path, format="trig")
    apart: dict[str, ConjunctiveGraph] = defaultdict(ConjunctiveGraph)
    for subject, predicate, value, graph in whole.quads():
        apart[graph.identifier.partition("#")[0]].get_context(graph.identifier).add((subject, predicate, value))
    return [{"address": address, **judged(address, graph)} for address, graph in sorted(apart.items())]


def judged(address: str, graph: ConjunctiveGraph) -> dict[str, Any]:
    try:
        found = Nanopub(rdf=graph)
        if not (found.is_valid and found.has_valid_trusty and found.source_uri == address):
            return {"fault": f"its address is {found.source_uri}"}
    except MalformedNanopubError as error:
        return {"fault": str(error)}
    return {"introduces": str(found.introduces_concept), "asserted": len(found.assertion)}


def entities(path: str) -> list[dict[str, Any]]:
    """By id: schema, whom it names, and what is wrong with it or would be lost by cleaning."""
    with open(path, encoding="utf-8") as file:
        records = {record["id"]: record for record in map(json.loads, file)}
    return [{"id": id, **weighed(record, records)} for id, record in records.items()]


def weighed(record: dict[str, Any], records: dict[str, Any]) -> dict[str, Any]:
    schema = model.get(record["schema"])
    if schema is None or schema.abstract:
        return {"fault": f"{record['schema']} is no schema"}
    try:
        schema.validate(record)
    except InvalidData as error:
        return {"fault": f"{error.errors}"}
    proxy = model.get_proxy(json.loads(json.dumps(record)), cleaned=False)
    kept = proxy.to_dict()["properties"]
    lost = [name for name, values in record["properties"].items() if sorted(values) != sorted(kept.get(name, []))]
    faults = [f"{name}: {record['properties'][name]} is kept as {kept.get(name)}" for name in lost]
    named = [(prop, value) for prop, value in proxy.itervalues() if prop.type.name == "entity"]
    for prop, value in named:
        if value not in records or not model.get(records[value]["schema"]).is_a(prop.range):
            faults.append(f"{prop.name}: {value} is no {prop.range.name} of the stream")
    return (
        {"fault": "; ".join(faults)} if faults else {"schema": record["schema"], "names": [value for _, value in named]}
    )


if __name__ == "__main__":
    json.dump({"nanopub": nanopubs, "ftm": entities}[sys.argv[1]](sys.argv[2]), sys.stdout)
