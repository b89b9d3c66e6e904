// What a person has done to get to a picture, as plain values; and the same as the fragment of an address.

export type Side = "subject" | "object";
export type Step =
  | { kind: "start"; id: string }
  | { kind: "expand"; id: string; relation: string; side: Side; count: number }
  | { kind: "path"; from: string; to: string }
  | { kind: "shared"; of: readonly string[] }
  | { kind: "hide"; id: string };

export const FACETS = ["type", "relation", "status", "source"] as const;
export type Facet = (typeof FACETS)[number];
export type Place = readonly [number, number];

export interface View {
  steps: readonly Step[];
  asOf: string;
  knownAt: string;
  standing: readonly string[];
  hidden: Readonly<Record<Facet, readonly string[]>>;
  place: string;
  pins: Readonly<Record<string, Place>>;
  chosen: string;
}

export const STANDINGS = ["current", "disputed", "superseded", "retracted"] as const;
export const LIVE: readonly string[] = ["current", "disputed"];
export const LONGEST = 8192;
export const AT_ONCE = 25;
export const MOST_THINGS = 400;
export const MOST_CLAIMS = 1000;
const SLUG = /^[a-z0-9][a-z0-9-]*$/;
const WORD = /^[A-Za-z_-]+$/;
const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const SIDES: readonly string[] = ["subject", "object"];

export const NOTHING: View = {
  steps: [],
  asOf: "",
  knownAt: "",
  standing: LIVE,
  hidden: { type: [], relation: [], status: [], source: [] },
  place: "",
  pins: {},
  chosen: "",
};

/** The view as what stands behind the `#` of an address. */
export function written(view: View): string {
  const parts = view.steps.map(step);
  if (view.asOf) parts.push(["as_of", view.asOf]);
  if (view.knownAt) parts.push(["known_at", view.knownAt]);
  if (view.standing.join() !== LIVE.join()) parts.push(["standing", view.standing.join(",")]);
  for (const facet of FACETS) if (view.hidden[facet].length) parts.push([`no-${facet}`, view.hidden[facet].join(",")]);
  if (view.place) parts.push(["place", view.place]);
  for (const [id, [x, y]] of Object.entries(view.pins)) parts.push(["pin", `${id}~${Math.round(x)}~${Math.round(y)}`]);
  if (view.chosen) parts.push(["at", view.chosen]);
  return parts.map(([name, value]) => `${name}=${value}`).join("&");
}

function step(one: Step): [string, string] {
  if (one.kind === "expand") return ["expand", [one.id, one.relation, one.side, one.count].join("~")];
  if (one.kind === "path") return ["path", `${one.from}~${one.to}`];
  if (one.kind === "shared") return ["shared", one.of.join("~")];
  return [one.kind, one.id];
}

/** The view of a fragment; what in it cannot be is left out. */
export function read(fragment: string, most = LONGEST): View {
  const hidden: Record<Facet, readonly string[]> = { ...NOTHING.hidden };
  const pins: Record<string, Place> = {};
  const steps: Step[] = [];
  let { asOf, knownAt, standing, place, chosen } = NOTHING;
  for (const part of decoded(fragment.replace(/^#/, "").slice(0, most)).split("&")) {
    const at = part.indexOf("=");
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    const taken = stepOf(name, value.split("~"));
    const facet = FACETS.find((each) => name === `no-${each}`);
    if (taken) steps.push(taken);
    else if (facet) hidden[facet] = value.split(",").filter((word) => WORD.test(word) || SLUG.test(word));
    else if (name === "as_of" && DAY.test(value)) asOf = value;
    else if (name === "known_at" && DAY.test(value)) knownAt = value;
    else if (name === "standing") standing = STANDINGS.filter((each) => value.split(",").includes(each));
    else if (name === "place" && SLUG.test(value)) place = value;
    else if (name === "at" && SLUG.test(value)) chosen = value;
    else if (name === "pin") pin(pins, value.split("~"));
  }
  return { steps, asOf, knownAt, standing: standing.length ? standing : LIVE, hidden, place, pins, chosen };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function stepOf(name: string, values: readonly string[]): Step | null {
  const [first = "", second = "", side = "", count = ""] = values;
  const ids = values.every((value) => SLUG.test(value));
  if (name === "start" && ids) return { kind: "start", id: first };
  if (name === "hide" && ids) return { kind: "hide", id: first };
  if (name === "path" && ids && values.length === 2) return { kind: "path", from: first, to: second };
  if (name === "shared" && ids && values.length >= 2 && values.length <= 5) return { kind: "shared", of: values };
  const many = Number(count);
  if (name !== "expand" || !SLUG.test(first) || !WORD.test(second) || !SIDES.includes(side)) return null;
  if (!Number.isInteger(many) || many < 1 || many > 500) return null;
  return { kind: "expand", id: first, relation: second, side: side as Side, count: many };
}

function pin(pins: Record<string, Place>, [id = "", x, y]: readonly string[]): void {
  if (SLUG.test(id) && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) pins[id] = [Number(x), Number(y)];
}

/** The view with one more step; an expansion of the same relation grows by 25, a thing that was hidden comes back. */
export function withStep(view: View, one: Step): View {
  if (one.kind === "start") {
    const steps = view.steps.filter((each) => !(each.kind === "hide" && each.id === one.id));
    const there = steps.some((each) => each.kind === "start" && each.id === one.id);
    return { ...view, steps: there ? steps : [...steps, one], chosen: one.id };
  }
  if (one.kind !== "expand") return { ...view, steps: [...view.steps, one] };
  const same = (each: Step) =>
    each.kind === "expand" && each.id === one.id && each.relation === one.relation && each.side === one.side;
  if (!view.steps.some(same)) return { ...view, steps: [...view.steps, one] };
  return { ...view, steps: view.steps.map((each) => (same(each) ? one : each)) };
}

/** Ids of the starting points, in their order. */
export function starts(view: View): string[] {
  return view.steps.flatMap((each) => (each.kind === "start" ? [each.id] : []));
}

/** How many of a relation were asked for already. */
export function expanded(view: View, id: string, relation: string, side: Side): number {
  for (const each of view.steps)
    if (each.kind === "expand" && each.id === id && each.relation === relation && each.side === side) return each.count;
  return 0;
}
