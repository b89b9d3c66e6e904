// From a view to the things and claims that it holds, by asking the API step by step.

import { type Answer, ask, Refusal, type Claim, type Entity, type Given } from "./api.ts";
import { starts, type Step, type View } from "./view.ts";

export const MOST_THINGS = 400;
export const MOST_CLAIMS = 1000;
const PAGE = 500;

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
  await among(graph, view);
  for (const id of graph.claims.keys()) {
    const claim = graph.claims.get(id) as Claim;
    const ends = graph.things.has(claim.subject) && claim.object !== undefined && graph.things.has(claim.object);
    // What has no source is no claim: it is not shown.
    if (!ends || !claim.evidence.length) graph.claims.delete(id);
  }
  return graph;
}

function answerTo(step: Step, view: View): Promise<Answer> | null {
  const time = asked(view);
  if (step.kind === "expand")
    return ask(`v1/entities/${step.id}/relations.json`, {
      relation: step.relation,
      direction: step.side,
      limit: step.count,
      ...time,
    });
  if (step.kind === "path") return ask("v1/paths.json", { from: step.from, to: step.to, ...time });
  if (step.kind === "shared")
    return ask("v1/queries/shared-connections/results.json", { id: step.of, limit: PAGE, ...time });
  return null;
}

function add(graph: Graph, id: string, entity: Entity | undefined, beside: string): void {
  if (!entity) {
    graph.told.push(`Nothing is known of ${id}.`);
  } else if (graph.things.has(id) || graph.things.size < MOST_THINGS) {
    if (!graph.things.has(id)) graph.things.set(id, entity);
    if (beside && beside !== id && !graph.beside.has(id)) graph.beside.set(id, beside);
  } else {
    const told = `A view holds at most ${MOST_THINGS} entities; what came after is left out.`;
    if (!graph.told.includes(told)) graph.told.push(told);
  }
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

/** The claims among all that is shown, to a thousand. */
async function among(graph: Graph, view: View): Promise<void> {
  const id = [...graph.things.keys()];
  if (!id.length) return;
  let cursor: string | undefined;
  for (let seen = 0; seen < MOST_CLAIMS; seen += PAGE) {
    const answer = await ask("v1/queries/edges-among/results.json", { id, limit: PAGE, ...asked(view), cursor });
    keep(graph, answer);
    cursor = answer.page.next_cursor ?? undefined;
    if (!cursor) return;
  }
  graph.told.push(`A view holds at most ${MOST_CLAIMS.toLocaleString("en")} claims; there are more among these entities.`);
}
