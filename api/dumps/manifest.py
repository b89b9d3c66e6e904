"""The manifest of a dump as DCAT: its version, the one before, its counts, and each file with its size and checksum."""

from collections.abc import Iterable

import rdflib

from api.dumps.packed import File
from api.formats.links import dataset
from schema.derive.rdf import Block, Pair, Words, block, build
from schema.vocabulary import DCAT, LICENCE, SPDX

PACKED = {"gz": "gzip", "zst": "zstd"}


def manifest(base: str, version: str, told: dict[str, object], files: Iterable[File]) -> rdflib.Graph:
    """`told` has `hash`, `instant`, `claims`, `entities`, `triples`, `lines_sha256` and `previous` of the dump."""
    here = f"{base}dumps/{version}/"
    listed = list(files)
    of_files = (each for file in listed for each in _file(here, file))
    return build([_dataset(base, here, told, listed), *of_files], dcat=DCAT, spdx=SPDX)


def _dataset(base: str, here: str, told: dict[str, object], files: list[File]) -> Block:
    previous = told.get("previous")
    about: list[Pair] = [
        ("rdf:type", ["dcat:Dataset", "void:Dataset"]),
        ("dct:title", [Words(f"civicgraph, version {str(told['hash'])[:16]}", language="en")]),
        ("dct:isVersionOf", [f"<{dataset(base)}>"]),
        ("dcat:version", [Words(str(told["hash"]))]),
        ("dct:license", [f"<{LICENCE}>"]),
        ("dct:modified", [Words(str(told["instant"]), "xsd:dateTime")] if told.get("instant") else []),
        ("dcat:previousVersion", [f"<{base}dumps/{previous}/>"] if previous else []),
        ("void:triples", [int(str(told["triples"]))]),
        ("void:entities", [int(str(told["entities"]))]),
        ("dct:identifier", [Words(f"sha256:{told['lines_sha256']}")]),
        ("dcat:distribution", [f"<{here}{each.name}>" for each in files]),
    ]
    return block(f"<{here}>", about)


def _file(here: str, each: File) -> list[Block]:
    name = f"<{here}{each.name}>"
    about: list[Pair] = [
        ("rdf:type", ["dcat:Distribution"]),
        ("dcat:downloadURL", [name]),
        ("dcat:accessURL", [name]),
        ("dcat:mediaType", [f"<https://www.iana.org/assignments/media-types/{each.media_type}>"]),
        ("dcat:compressFormat", [f"<https://www.iana.org/assignments/media-types/application/{PACKED[each.packing]}>"]),
        ("dcat:byteSize", [each.bytes]),
        ("spdx:checksum", [f"<{here}{each.name}#sum>"]),
        ("dct:license", [f"<{LICENCE}>"]),
    ]
    value: list[Pair] = [
        ("rdf:type", ["spdx:Checksum"]),
        ("spdx:algorithm", ["spdx:checksumAlgorithm_sha256"]),
        ("spdx:checksumValue", [Words(each.sha256, "xsd:hexBinary")]),
    ]
    return [block(name, about), block(f"<{here}{each.name}#sum>", value)]
