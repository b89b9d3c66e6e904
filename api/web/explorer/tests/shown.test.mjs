// A filter hides claims and what they alone link; what is begun with stays, and the undated are counted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byYear, counted, places, shown } from "../build/shown.js";
import { MOST_THINGS, NOTHING } from "../build/view.js";

const thing = (id, type, ...types) => [id, { id, name: id, type, types: [...types, type] }];
const claim = (id, subject, relation, object, more = {}) => [
  id,
  { id, subject, relation, object, status: "asserted", standing: "current", evidence: [{ document: "paper" }], ...more },
];
const GRAPH = {
  things: new Map([thing("ana", "Person"), thing("order", "ExecutiveOrder", "Measure"), thing("town", "City", "Jurisdiction"), thing("bo", "Person")]),
  claims: new Map([
    claim("c-1", "ana", "SIGNED", "order", { valid_from: "2026-02" }),
    claim("c-2", "order", "APPLIES_IN", "town", { status: "hedged", evidence: [{ document: "paper" }, { document: "register" }] }),
    claim("c-3", "bo", "OPPOSES", "order", { evidence: [{ document: "register" }] }),
  ]),
  named: new Map(),
  beside: new Map(),
  told: [],
};
const VIEW = { ...NOTHING, steps: [{ kind: "start", id: "ana" }] };
const hiding = (more) => ({ ...VIEW, hidden: { ...NOTHING.hidden, ...more } });
const left = (view) => [[...shown(GRAPH, view).things.keys()], [...shown(GRAPH, view).claims.keys()]];

test("without a filter all is shown", () => {
  assert.deepEqual(left(VIEW), [["ana", "order", "town", "bo"], ["c-1", "c-2", "c-3"]]);
});

test("what loses all its claims goes with them, what is begun with does not", () => {
  assert.deepEqual(left(hiding({ status: ["asserted"] })), [["ana", "order", "town"], ["c-2"]]);
  assert.deepEqual(left(hiding({ relation: ["OPPOSES"] })), [["ana", "order", "town"], ["c-1", "c-2"]]);
  assert.deepEqual(left(hiding({ type: ["ExecutiveOrder"] })), [["ana"], []]);
});

test("a claim of two sources is hidden with both alone", () => {
  assert.deepEqual(left(hiding({ source: ["register"] }))[1], ["c-1", "c-2"]);
  assert.deepEqual(left(hiding({ source: ["register", "paper"] }))[1], []);
});

test("a place leaves what lies or applies in it", () => {
  assert.deepEqual(places(GRAPH), ["town"]);
  assert.deepEqual(left({ ...VIEW, place: "town" }), [["order", "town"], ["c-2"]]);
});

test("values are counted, and so are claims without a day", () => {
  assert.deepEqual([...counted(GRAPH, "type")], [["City", 1], ["ExecutiveOrder", 1], ["Person", 2]]);
  assert.deepEqual([...counted(GRAPH, "source")], [["paper", 2], ["register", 2]]);
  assert.deepEqual(byYear(GRAPH.claims.values()), { years: new Map([["2026", 1]]), undated: 2 });
});

test("a view of as many things as it may hold is full, whatever a filter hides", () => {
  const several = (count) => ({ ...GRAPH, things: new Map(Array.from({ length: count }, (_, n) => thing(`t-${n}`, "Person"))), claims: new Map() });
  assert.equal(shown(several(MOST_THINGS - 1), VIEW).full, false);
  assert.equal(shown(several(MOST_THINGS), VIEW).full, true);
  assert.equal(shown(several(MOST_THINGS), hiding({ type: ["Person"] })).full, true);
});
