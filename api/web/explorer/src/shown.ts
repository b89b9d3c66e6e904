// What is left of a graph once its filters are set, and how many of each kind there are.

import type { Claim, Entity } from "./api.ts";
import type { Graph } from "./graph.ts";
import { FACETS, MOST_THINGS, starts, type Facet, type View } from "./view.ts";

export interface Shown {
  things: Map<string, Entity>;
  claims: Map<string, Claim>;
  /** The view, hidden by a filter or not, has no room for another thing. */
  full: boolean;
}

const LYING = ["LOCATED_IN", "SERVES", "APPLIES_IN", "PART_OF"];

/** The values that a claim has for the facet; a claim of two sources has two. */
export function values(facet: Exclude<Facet, "type">, claim: Claim): string[] {
  if (facet === "source") return [...new Set(claim.evidence.map((piece) => piece.document))];
  return [facet === "relation" ? claim.relation : claim.status];
}

/** The part of the graph that the filters let through; a thing that loses all its claims goes with them. */
export function shown(graph: Graph, view: View): Shown {
  const hidden = Object.fromEntries(FACETS.map((facet) => [facet, new Set(view.hidden[facet])])) as Record<
    Facet,
    Set<string>
  >;
  const lying = view.place ? within(graph, view.place) : null;
  const fits = (id: string) => {
    const thing = graph.things.get(id);
    return thing !== undefined && !hidden.type.has(thing.type) && (!lying || lying.has(id));
  };
  const claims = new Map<string, Claim>();
  for (const [id, claim] of graph.claims) {
    const passes =
      !hidden.relation.has(claim.relation) &&
      !hidden.status.has(claim.status) &&
      values("source", claim).some((source) => !hidden.source.has(source));
    if (passes && fits(claim.subject) && fits(claim.object as string)) claims.set(id, claim);
  }
  const ends = new Set([...claims.values()].flatMap((claim) => [claim.subject, claim.object as string]));
  const begun = new Set(starts(view));
  const things = [...graph.things].filter(([id]) => fits(id) && (ends.has(id) || begun.has(id) || !linked(graph, id)));
  return { things: new Map(things), claims, full: graph.things.size >= MOST_THINGS };
}

function linked(graph: Graph, id: string): boolean {
  for (const claim of graph.claims.values()) if (claim.subject === id || claim.object === id) return true;
  return false;
}

/** The place and what a claim shown says to lie in it, serve it or apply in it. */
function within(graph: Graph, place: string): Set<string> {
  const found = new Set([place]);
  for (const claim of graph.claims.values())
    if (claim.object === place && LYING.includes(claim.relation)) found.add(claim.subject);
  return found;
}

/** The places of the graph in which something lies. */
export function places(graph: Graph): string[] {
  const found = [...graph.claims.values()].filter((claim) => LYING.includes(claim.relation)).map((claim) => claim.object);
  return [...new Set(found as string[])].filter((id) => graph.things.get(id)?.types.includes("Jurisdiction"));
}

/** How many claims, or for types things, have each value of the facet. */
export function counted(graph: Graph, facet: Facet): Map<string, number> {
  const found =
    facet === "type"
      ? [...graph.things.values()].map((thing) => thing.type)
      : [...graph.claims.values()].flatMap((claim) => values(facet, claim));
  const counts = new Map<string, number>();
  for (const value of found.sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** How many claims begin in each year, and how many say no day. */
export function byYear(claims: Iterable<Claim>): { years: Map<string, number>; undated: number } {
  const years = new Map<string, number>();
  let undated = 0;
  for (const claim of claims) {
    const year = claim.valid_from?.slice(0, 4);
    if (year) years.set(year, (years.get(year) ?? 0) + 1);
    else undated += 1;
  }
  return { years: new Map([...years].sort()), undated };
}
