"""A row of a table as claims, by the rules of its mapping file; what of it cannot be taken is told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from pydantic import ValidationError

from schema import Entity
from seed.explain import explain
from seed.importers.cells import LINK, Cell, Row, folded
from seed.importers.id_path import Paths
from seed.importers.rules import PLACE, ClaimRule, EntityRule, Rules
from seed.importers.said import Said
from seed.importers.templates import Template, Unreadable, short, unwrapped
from seed.importers.writing import Place, Writing

MOST_RAW = 4000
LISTS = ("inferred", "wording")  # fields of a claim that hold several texts, of which a mapping file gives one


@dataclass(frozen=True)
class _End:
    """An entity that a row names; `entity` is None where it is declared elsewhere in the document."""

    id: str
    entity: Entity | None


class Rows:
    """The rows of one document."""

    def __init__(self, rules: Rules, writing: Writing) -> None:
        self.rules, self.writing = rules, writing
        self.latest = writing.recorded_at[:10]
        self.paths = Paths(rules.read.id_path, writing) if rules.read.id_path else None

    def said(self, row: Row, constants: Mapping[str, str]) -> Iterator[Said]:
        """What the row says, not yet written."""
        for one in self._one_by_one(row):
            yield from self._said(self._corrected(one, constants))

    def _one_by_one(self, row: Row) -> Iterator[Row]:
        """The row once for each of the values of its cells that hold several."""
        several = [name for name in self.rules.read.several if name in row.cells]
        parted = (
            [part.strip() for part in re.split("[,;]", row.cells[name].value) if part.strip()] for name in several
        )
        for values in product(*parted):
            cells = {name: replace(row.cells[name], value=value) for name, value in zip(several, values, strict=True)}
            yield replace(row, cells={**row.cells, **cells})

    def _said(self, row: Row) -> Iterator[Said]:
        told: set[str] = set()
        ends: dict[str, _End] = {}
        if self.paths:
            place, of_path = self.paths.place(row)
            yield from of_path
            if place:
                ends[PLACE] = _End(place, None)
        for name, rule in self.rules.entities.items():
            if entity := self._entity(rule, row, told):
                ends[name] = _End(entity.id, entity)
        ids: dict[str, str] = {}
        for claim_rule in self.rules.claims:
            if found := self._claim(claim_rule, row, ends, ids, told):
                ids[claim_rule.label] = found.claim.id
                yield found

    def _corrected(self, row: Row, constants: Mapping[str, str]) -> Row:
        """The row with the mapping's corrections, each of them told."""
        cells = {name: Cell("", value, value) for name, value in constants.items()} | dict(row.cells)
        for key, corrections in self.rules.corrections.items():
            names = key.split("/")
            wrong = folded("/".join(cells[name].value for name in names if name in cells))
            if wrong not in corrections:
                continue
            cell, right = cells.pop(names[-1]), corrections[wrong]
            done = f"read as {right}" if right else "left out"
            self.writing.doubt(row.at(cell), cell.raw, "is wrong by the mapping file", done)
            if right:
                cells[names[-1]] = replace(cell, value=right)
        for name, cell in row.cells.items():
            if name.endswith(LINK) and (link := unwrapped(cell.value)) != cell.value:
                self.writing.doubt(row.at(cell), cell.raw, "is wrapped by a mail scanner", "read as the address in it")
                cells[name] = replace(cell, value=link)
        return replace(row, cells=cells)

    def _entity(self, rule: EntityRule, row: Row, told: set[str]) -> Entity | None:
        fields = self._filled(rule.fields, row, told)
        if "id" not in fields or "name" not in fields:
            return None
        try:
            return rule.cls.model_validate(fields | {"id": short(fields["id"])})
        except ValidationError as error:
            for fault in error.errors():
                value = f"{fault['loc'][0]}: {fault['input']}"
                if value not in told:
                    self.writing.doubt(row.place, value, explain(fault, rule.cls))
                    told.add(value)
            return None

    def _claim(
        self, rule: ClaimRule, row: Row, ends: Mapping[str, _End], ids: Mapping[str, str], told: set[str]
    ) -> Said | None:
        named = [name for name in (rule.subject, rule.object) if name]
        if any(name not in ends for name in named) or (rule.when and rule.when not in row.cells):
            return None
        fields = self._filled(rule.fields, row, told)
        if "value" in rule.fields and "value" not in fields:
            return None
        if rule.corrects:
            if rule.corrects not in ids:
                return None
            fields["corrects"] = [ids[rule.corrects]]
        fields |= {name: [fields[name]] for name in LISTS if name in fields}
        place = self._place(rule, row)
        object = ends[rule.object].id if rule.object else None
        claim = self.writing.made(rule.relation, ends[rule.subject].id, object, place, **fields)
        declared = tuple(entity for name in named if (entity := ends[name].entity))
        return Said(rule.label, claim, declared, place) if claim else None

    def _filled(self, templates: Mapping[str, Template], row: Row, told: set[str]) -> dict[str, Any]:
        """The fields that the row fills; a cell that cannot be read is told once."""
        fields: dict[str, Any] = {}
        for name, template in templates.items():
            try:
                text = template.fill(row.cells, self.latest)
            except Unreadable as error:
                if error.why + error.cell.raw not in told:
                    self.writing.doubt(row.at(error.cell), error.cell.raw, error.why)
                    told.add(error.why + error.cell.raw)
                continue
            if text is not None:
                fields[name] = (float(text) if "." in text else int(text)) if template.is_number else text
        return fields

    @staticmethod
    def _place(rule: ClaimRule, row: Row) -> Place:
        """The cell that says it, where a value stands in one; else the row."""
        columns = rule.fields["value"].columns if "value" in rule.fields else ()
        cell = row.cells.get(columns[0]) if len(columns) == 1 else None
        if cell and cell.heading:
            return row.at(cell) | {"raw": cell.raw}
        return row.place | {"raw": row.raw if len(row.raw) <= MOST_RAW else f"{row.raw[: MOST_RAW - 2]} …"}
