// Where new things stand: old ones never move, and the browser is never held up for long.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { breathe } from "./dom.ts";

export interface Spot {
  x: number;
  y: number;
}
interface Node extends SimulationNodeDatum {
  id: string;
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const LONGEST = 30; // milliseconds in one go
const APART = 190;

/** Spots for those of `ids` that have none in `known`; `beside` names what a new one stands near. Same in, same out. */
export async function laid(
  ids: Iterable<string>,
  links: readonly (readonly [string, string])[],
  beside: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, Spot>,
): Promise<Map<string, Spot>> {
  const nodes = begun([...ids], beside, known);
  const fresh = nodes.filter((node) => !known.has(node.id));
  if (!fresh.length) return new Map();
  const there = new Set(nodes.map((node) => node.id));
  const ties = links.filter(([a, b]) => a !== b && there.has(a) && there.has(b)).map(([source, target]) => ({ source, target }));
  const simulation = forceSimulation(nodes)
    .force("link", forceLink<Node, { source: string; target: string }>(ties).id((node) => node.id).distance(APART).strength(0.3))
    .force("charge", forceManyBody().strength(-900).distanceMax(900))
    .force("collide", forceCollide(72).iterations(2))
    .force("x", forceX(0).strength(0.02))
    .force("y", forceY(0).strength(0.045))
    .stop();
  const ticks = nodes.length < 60 ? 160 : nodes.length < 150 ? 100 : 50;
  simulation.alphaDecay(1 - 0.001 ** (1 / ticks));
  let since = performance.now();
  for (let tick = 0; tick < ticks; tick++) {
    simulation.tick();
    if (performance.now() - since > LONGEST) {
      await breathe();
      since = performance.now();
    }
  }
  return new Map(fresh.map((node) => [node.id, { x: Math.round(node.x ?? 0), y: Math.round(node.y ?? 0) }]));
}

/** Old ones fixed where they are, new ones on a spiral round what they came with. */
function begun(ids: readonly string[], beside: ReadonlyMap<string, string>, known: ReadonlyMap<string, Spot>): Node[] {
  const round = new Map<string, number>();
  const at = new Map<string, Spot>(known);
  return ids.map((id) => {
    const old = known.get(id);
    if (old) return { id, fx: old.x, fy: old.y, x: old.x, y: old.y };
    const centre = beside.get(id) ?? "";
    const turn = (round.get(centre) ?? 0) + 1;
    round.set(centre, turn);
    const { x, y } = at.get(centre) ?? { x: 0, y: 0 };
    const first = !at.size && turn === 1;
    const away = first ? 0 : 90 + 34 * Math.sqrt(turn);
    const spot = { x: x + away * Math.cos(turn * GOLDEN), y: y + away * Math.sin(turn * GOLDEN) };
    at.set(id, spot);
    return { id, ...spot, ...(first ? { fx: 0, fy: 0 } : {}) };
  });
}
