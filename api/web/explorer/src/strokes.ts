// The geometry of a claim's line: a curve, a head that says whether it is said to be so, a sign of what became of it.

import type { Claim } from "./api.ts";
import type { Spot } from "./layout.ts";

export interface Stroke {
  way: string;
  head: string;
  open: boolean;
  sign: string;
  middle: Spot;
  /** The curve, for what is to stand on it. */
  along(part: number): Spot;
}

const FACTUAL = ["asserted", "reported"];
const ROUND = 13; // of the sign of a thing, with some air

const n = (value: number) => Math.round(value * 10) / 10;

/** The line of a claim; `bow` bends it aside where several link the same two. */
export function stroke(claim: Claim, from: Spot, to: Spot, bow: number): Stroke {
  const open = !FACTUAL.includes(claim.status);
  const over = claim.standing === "superseded";
  const sign = claim.standing === "disputed" ? "≠" : claim.standing === "retracted" ? "×" : "";
  if (claim.subject === claim.object) return loop(from, open || over, sign);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = { x: (from.x + to.x) / 2 - (dy / length) * bow * 2, y: (from.y + to.y) / 2 + (dx / length) * bow * 2 };
  const start = towards(from, bend, ROUND);
  const tip = towards(to, bend, ROUND);
  const last = towards(tip, bend, over ? 6 : open ? 1 : 7);
  const along = (t: number) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: n(a * start.x + b * bend.x + c * tip.x), y: n(a * start.y + b * bend.y + c * tip.y) };
  };
  const way = `M${n(start.x)} ${n(start.y)}Q${n(bend.x)} ${n(bend.y)} ${n(last.x)} ${n(last.y)}`;
  return { way, head: head(tip, bend, open, over), open: open || over, sign, middle: along(0.5), along };
}

function towards(from: Spot, to: Spot, far: number): Spot {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * far, y: from.y + ((to.y - from.y) / length) * far };
}

function head(tip: Spot, bend: Spot, open: boolean, over: boolean): string {
  const length = Math.hypot(tip.x - bend.x, tip.y - bend.y) || 1;
  const [ux, uy] = [(tip.x - bend.x) / length, (tip.y - bend.y) / length];
  const at = (back: number, side: number) => `${n(tip.x - ux * back - uy * side)} ${n(tip.y - uy * back + ux * side)}`;
  if (over) return `M${at(6, 6)}L${at(6, -6)}`;
  return open ? `M${at(8, 5)}L${at(0, 0)}L${at(8, -5)}` : `M${at(0, 0)}L${at(9, 4.2)}L${at(9, -4.2)}Z`;
}

function loop({ x, y }: Spot, open: boolean, sign: string): Stroke {
  const way = `M${x - 8} ${y - 11}C${x - 40} ${y - 58} ${x + 40} ${y - 58} ${x + 9} ${y - 15}`;
  const tip = { x: x + 8, y: y - 12 };
  return { way, head: head(tip, { x: x + 22, y: y - 40 }, open, false), open, sign, middle: { x, y: y - 48 }, along: (part) => ({ x: x + (0.5 - part) * 180, y: y - 48 }) };
}

/** By claim: how far each bends aside, so that those between the same two are told apart. */
export function bows(claims: Iterable<Claim>): Map<string, number> {
  const between = new Map<string, Claim[]>();
  for (const claim of claims) {
    const pair = [claim.subject, claim.object ?? ""].sort().join(" ");
    between.set(pair, [...(between.get(pair) ?? []), claim]);
  }
  const found = new Map<string, number>();
  for (const several of between.values())
    several.forEach((claim, place) => {
      const aside = (place - (several.length - 1) / 2) * 30;
      found.set(claim.id, claim.subject < (claim.object ?? "") ? aside : -aside);
    });
  return found;
}
