// Names and verbs where there is room for them: beside lines and not on each other.

import type { Spot } from "./layout.ts";

export type Side = "below" | "above" | "right" | "left";
interface Box {
  x: number;
  y: number;
  wide: number;
  high: number;
}

const LETTER = 6.6; // pixels of a letter of 13, on the average
const LINE = 16;
const TURNS: readonly (readonly [Side, number])[] = [["below", 90], ["above", -90], ["right", 0], ["left", 180]];

/** A name in lines of some 22 letters, at most three. */
export function lines(name: string): string[] {
  const found = [""];
  for (const word of name.trim().split(/\s+/)) {
    const last = found.at(-1) as string;
    const short = word.length > 24 ? `${[...word].slice(0, 23).join("")}…` : word;
    if (last && last.length + short.length > 22) found.push(short);
    else found[found.length - 1] = last ? `${last} ${short}` : short;
  }
  return found.length > 3 ? [...found.slice(0, 2), `${found[2]} …`] : found;
}

/** The side of a thing that is furthest from where its lines go; below where it makes no difference. */
export function side(at: Spot, others: readonly Spot[]): Side {
  const ways = others.map((other) => (Math.atan2(other.y - at.y, other.x - at.x) * 180) / Math.PI);
  const room = (turn: number) => Math.min(180, ...ways.map((way) => Math.abs(((way - turn + 540) % 360) - 180)));
  let [best, most] = ["below" as Side, -1];
  for (const [name, turn] of TURNS) {
    const free = Math.min(room(turn), name === "below" || name === "above" ? 70 : 55);
    if (free > most + 1) [best, most] = [name, free];
  }
  return best;
}

/** Where the first line of a name begins, and how it is set. */
export function set(where: Side, count: number): { x: number; y: number; anchor: string } {
  if (where === "below") return { x: 0, y: 26, anchor: "middle" };
  if (where === "above") return { x: 0, y: -18 - LINE * (count - 1), anchor: "middle" };
  return { x: where === "right" ? 16 : -16, y: 5 - (LINE / 2) * (count - 1), anchor: where === "right" ? "start" : "end" };
}

/** What is written already; a new text takes the first of some spots where it stands on nothing. */
export class Written {
  private readonly boxes: Box[] = [];

  name(at: Spot, where: Side, text: readonly string[]): void {
    const wide = Math.max(...text.map((line) => line.length)) * LETTER;
    const { x, y, anchor } = set(where, text.length);
    const left = anchor === "middle" ? -wide / 2 : anchor === "end" ? -wide : 0;
    this.boxes.push({ x: at.x + x + left, y: at.y + y - 12, wide, high: LINE * text.length });
    this.boxes.push({ x: at.x - 10, y: at.y - 10, wide: 20, high: 20 });
  }

  verb(text: string, spots: readonly Spot[]): Spot {
    const wide = text.length * LETTER * 0.92;
    const boxes = spots.map((spot) => ({ x: spot.x - wide / 2, y: spot.y - 12, wide, high: LINE }));
    const free = boxes.findIndex((box) => !this.boxes.some((other) => over(box, other)));
    const taken = Math.max(free, 0);
    this.boxes.push(boxes[taken] as Box);
    return spots[taken] as Spot;
  }
}

function over(one: Box, other: Box): boolean {
  return one.x < other.x + other.wide && other.x < one.x + one.wide && one.y < other.y + other.high && other.y < one.y + one.high;
}
