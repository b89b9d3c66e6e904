// Old things never move when others come, the same graph is laid out the same, and no two things stand on each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { laid } from "../build/layout.js";
import { lines, side } from "../build/labels.js";

const ids = (count) => ["hub", ...Array.from({ length: count }, (_, n) => `n-${n}`)];
const links = (count) => ids(count).slice(1).map((id) => [id, "hub"]);
const beside = (count) => new Map(ids(count).slice(1).map((id) => [id, "hub"]));

test("the same graph is laid out the same", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => laid(ids(25), links(25), beside(25), new Map())));
  assert.deepEqual(one, other);
});

test("what has a place keeps it, and only the new are given one", async () => {
  const known = await laid(ids(25), links(25), beside(25), new Map());
  const fresh = await laid(ids(50), links(50), beside(50), known);
  assert.equal(known.size, 26);
  assert.equal(fresh.size, 25);
  assert.ok([...fresh.keys()].every((id) => !known.has(id)));
});

test("things stand apart", async () => {
  const spots = [...(await laid(ids(25), links(25), beside(25), new Map())).values()];
  const gaps = spots.flatMap((a, n) => spots.slice(n + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
  assert.ok(Math.min(...gaps) > 60, String(Math.min(...gaps)));
});

test("a name of any length is three lines at the most", () => {
  assert.deepEqual(lines("ICE agents"), ["ICE agents"]);
  assert.equal(lines("word ".repeat(2000)).length, 3);
  assert.ok(lines("x".repeat(10000)).every((line) => line.length <= 24));
});

test("a name stands where no line goes", () => {
  const at = { x: 0, y: 0 };
  assert.equal(side(at, []), "below");
  assert.equal(side(at, [{ x: 0, y: 100 }]), "above");
  assert.equal(side(at, [{ x: 0, y: 100 }, { x: 0, y: -100 }, { x: -100, y: 0 }]), "right");
});
