// From a view to the things and claims that it holds, by asking the API step by step.

import { type Answer, ask, Refusal, type Claim, type Entity, type Given } from "./api.ts";
import { MOST_CLAIMS, MOST_THINGS, starts, type Step, type View } from "./view.ts";

const PAGE = 500;
const MORE = `A view holds at most ${MOST_CLAIMS.toLocaleString("en")} claims; there are more among these entities: hide some to see the others.`;

export interface Graph {
  /** In the order in which they came. */
  things: Map<string, Entity>;
  claims: Map<string, Claim>;
  /** Whatever else has a name: sources and voices. */
  named: Map<string, Entity>;
  /** Of a thing that came with another: that one, beside which it is laid. */
  beside: Map<string, string>;
  /** What could not be shown, and why. */
  told: string[];
}

/** What reads are asked with, so that all are of one time. */
export function asked(view: View): Given {
  return { as_of: view.asOf, known_at: view.knownAt, standing: view.standing };
}

/** The things and claims of the view. */
export async function gathered(view: View): Promise<Graph> {
  const graph: Graph = { things: new Map(), claims: new Map(), named: new Map(), beside: new Map(), told: [] };
  const first = starts(view);
  const answers = await Promise.all([
    first.length ? ask("v1/entities.json", { id: first.slice(0, 300), limit: PAGE }) : null,
    ...view.steps.map((step) =>
      answerTo(step, view)?.catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        graph.told.push(error.message); // the other steps stand all the same
        return null;
      }),
    ),
  ]);
  const known = answers[0]?.entities ?? {};
  view.steps.forEach((step, place) => {
    const answer = answers[place + 1];
    if (step.kind === "start") add(graph, step.id, known[step.id], "");
    else if (step.kind === "hide") graph.things.delete(step.id);
    else if (answer) merge(graph, step, answer);
  });
  // Only now, so that what is hidden makes room.
  const last = [...graph.things.keys()].slice(MOST_THINGS);
  if (last.length) graph.told.push(full(last.length));
  for (const id of last) graph.things.delete(id);
  await among(graph, view);
  for (const id of graph.claims.keys()) {
    const claim = graph.claims.get(id) as Claim;
    const ends = graph.things.has(claim.subject) && claim.object !== undefined && graph.things.has(claim.object);
    // What has no source is no claim: it is not shown.
    if (!ends || !claim.evidence.length) graph.claims.delete(id);
  }
  const over = [...graph.claims.keys()].slice(MOST_CLAIMS);
  if (over.length && !graph.told.includes(MORE)) graph.told.push(MORE);
  for (const id of over) graph.claims.delete(id);
  return graph;
}

function answerTo(step: Step, view: View): Promise<Answer> | null {
  const time = asked(view);
  if (step.kind === "expand") return opened(step, time);
  if (step.kind === "path") return ask("v1/paths.json", { from: step.from, to: step.to, ...time });
  if (step.kind === "shared")
    return ask("v1/queries/shared-connections/results.json", { id: step.of, limit: PAGE, ...time });
  return null;
}

function add(graph: Graph, id: string, entity: Entity | undefined, beside: string): void {
  if (!entity) {
    graph.told.push(`Nothing is known of ${id}.`);
    return;
  }
  if (!graph.things.has(id)) graph.things.set(id, entity);
  if (beside && beside !== id && !graph.beside.has(id)) graph.beside.set(id, beside);
}

function full(more: number): string {
  const left = more === 1 ? "the one that came last is" : `the ${more.toLocaleString("en")} that came last are`;
  return `A view holds at most ${MOST_THINGS} entities: ${left} left out. Hide some, or begin anew.`;
}

function merge(graph: Graph, step: Step, answer: Answer): void {
  keep(graph, answer);
  if (step.kind === "path") {
    if (!answer.data.length) graph.told.push(`No path of at most four claims leads from ${step.from} to ${step.to}.`);
    for (const id of [step.from, step.to]) if (answer.entities[id]) add(graph, id, answer.entities[id], "");
  }
  if (step.kind === "shared" && !answer.data.length) graph.told.push(`Nothing is shared by ${step.of.join(", ")}.`);
  const beside = step.kind === "expand" ? step.id : step.kind === "shared" ? step.of[0] : undefined;
  for (const row of answer.data)
    for (const id of row.claims) {
      const claim = answer.claims[id];
      if (!claim?.object) continue;
      const [one, other] = [claim.subject, claim.object];
      add(graph, one, answer.entities[one], beside ?? other);
      add(graph, other, answer.entities[other], beside ?? one);
    }
}

function keep(graph: Graph, answer: Answer): void {
  for (const [id, claim] of Object.entries(answer.claims)) graph.claims.set(id, claim);
  for (const [id, entity] of Object.entries(answer.entities)) graph.named.set(id, entity);
}

type Expand = Extract<Step, { kind: "expand" }>;
const opening = new Map<string, Answer & { count: number }>();

/** As many claims of a relation as are wanted; of those that are here already none is asked for again. */
async function opened(step: Expand, time: Given): Promise<Answer> {
  const path = `v1/entities/${step.id}/relations.json`;
  const key = JSON.stringify([step.id, step.relation, step.side, time]);
  let held = opening.get(key);
  if (held && held.count > step.count) held = undefined; // fewer are wanted than are here: they are asked for anew
  const cursor = held?.page.next_cursor ?? undefined;
  if (held && (held.count === step.count || !cursor)) return held;
  const limit = step.count - (held?.count ?? 0);
  const more = await ask(path, { relation: step.relation, direction: step.side, limit, ...time, cursor });
  const whole = {
    ...more,
    data: [...(held?.data ?? []), ...more.data],
    claims: { ...held?.claims, ...more.claims },
    entities: { ...held?.entities, ...more.entities },
    count: step.count,
  };
  if ((opening.get(key)?.count ?? 0) < step.count) opening.set(key, whole);
  return whole;
}

interface Among {
  ids: Set<string>;
  claims: Map<string, Claim>;
  cut: boolean;
}
const linked = new Map<string, Among>();

/** The claims among all that is shown, to a thousand; asked for is what came with the things that are new. */
async function among(graph: Graph, view: View): Promise<void> {
  const here = [...graph.things.keys()];
  if (!here.length) return;
  const time = asked(view);
  const key = JSON.stringify(time);
  let held = linked.get(key) ?? { ids: new Set<string>(), claims: new Map<string, Claim>(), cut: false };
  if (new Set([...held.ids, ...here]).size > MOST_THINGS) held = { ids: new Set(), claims: new Map(), cut: false };
  const fresh = here.filter((id) => !held.ids.has(id));
  if (fresh.length) {
    const id = [...held.ids, ...fresh];
    const found: Among = { ids: new Set(id), claims: new Map(held.claims), cut: held.cut };
    const only = held.ids.size ? fresh : undefined;
    let cursor: string | undefined;
    for (let seen = 0; seen === 0 || (cursor && seen < MOST_CLAIMS); seen += PAGE) {
      const answer = await ask("v1/queries/edges-among/results.json", { id, new: only, limit: PAGE, ...time, cursor });
      for (const [name, claim] of Object.entries(answer.claims)) found.claims.set(name, claim);
      for (const [name, entity] of Object.entries(answer.entities)) names.set(name, entity);
      cursor = answer.page.next_cursor ?? undefined;
    }
    found.cut ||= cursor !== undefined;
    linked.set(key, (held = found));
  }
  for (const [id, claim] of held.claims) graph.claims.set(id, claim);
  for (const [id, entity] of names) if (!graph.named.has(id)) graph.named.set(id, entity);
  if (held.cut) graph.told.push(MORE);
}
const names = new Map<string, Entity>();
