// What a person did comes back from an address as it went in, and nothing else does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, expanded, read, starts, withStep, written } from "../build/view.js";

const FULL = {
  steps: [
    { kind: "start", id: "ice" },
    { kind: "expand", id: "ice", relation: "MEMBER_OF", side: "object", count: 25 },
    { kind: "path", from: "ice", to: "boston" },
    { kind: "shared", of: ["ice", "boston", "chicago"] },
    { kind: "hide", id: "oakland" },
  ],
  asOf: "2026-02",
  knownAt: "2030",
  standing: ["current", "retracted"],
  hidden: { type: ["Person"], relation: ["LEADS"], status: ["hedged"], source: ["cities-push-back-on-ice"] },
  place: "maryland",
  pins: { ice: [-40, 12] },
  chosen: "c-17212859340cbff8",
};

test("a view is read from its own fragment as it was", () => {
  assert.deepEqual(read(`#${written(FULL)}`), FULL);
  assert.deepEqual(read(""), NOTHING);
});

test("what cannot be a view is left out of it", () => {
  const hostile = ["start=<script>", "start=javascript:alert(1)", "expand=ice~RESTRICTS~both~25", "expand=ice~X~object~501",
    "as_of=yesterday", "standing=true", "pin=ice~NaN~1", "path=ice", "shared=ice", "no-type=<b>", "%E0%A4%A", "at=../x"];
  for (const part of hostile) assert.deepEqual(read(part), NOTHING, part);
});

test("opening a relation again opens 25 more of it and is no further step", () => {
  const open = (count) => ({ kind: "expand", id: "ice", relation: "MEMBER_OF", side: "object", count });
  const twice = withStep(withStep(NOTHING, open(25)), open(50));
  assert.equal(twice.steps.length, 1);
  assert.equal(expanded(twice, "ice", "MEMBER_OF", "object"), 50);
  assert.equal(expanded(twice, "ice", "MEMBER_OF", "subject"), 0);
});

test("what was hidden and is begun with again is there, once", () => {
  const hidden = withStep(withStep(NOTHING, { kind: "start", id: "ice" }), { kind: "hide", id: "ice" });
  const again = withStep(hidden, { kind: "start", id: "ice" });
  assert.deepEqual(starts(again), ["ice"]);
  assert.ok(!again.steps.some((step) => step.kind === "hide"));
});
