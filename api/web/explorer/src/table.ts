// The same as the picture for those who read: a table of its claims and a list of its things.

import type { Claim, Entity } from "./api.ts";
import { bdi, breathe, h } from "./dom.ts";
import { dates, door, said, sentence, spot, strokes, type Names, voices } from "./sentence.ts";
import type { Shown } from "./shown.ts";
import { kindOf, typeName } from "./words.ts";

const BATCH = 60; // rows in one go
const HEADS = [
  ["c-say", "Claim"],
  ["c-quote", "In the source’s words"],
  ["c-at", "Where · since"],
  ["c-who", "Who says so"],
  ["c-st", "Status"],
] as const;

/** Fill `place` with the claims in the order in which they were opened, as long as they are `wanted`.
 *
 * A source that all of them have is named once. The browser lays out a few rows at a time: a thousand hold it up.
 */
export async function table(
  place: HTMLElement,
  claims: readonly Claim[],
  names: Names,
  choose: (id: string) => void,
  wanted: () => boolean,
): Promise<void> {
  const sources = new Set(claims.flatMap((claim) => claim.evidence.map((piece) => piece.document)));
  const only = sources.size === 1 ? [...sources][0] : undefined;
  const body = h("tbody");
  const caption = h("caption", {}, `${claims.length} ${claims.length === 1 ? "claim" : "claims"}`);
  if (only) caption.append(", all from one source: ", door(only, names));
  const heads = HEADS.map(([name, text]) => h("th", { scope: "col", class: name }, text));
  place.replaceChildren(h("table", { class: "claims" }, caption, h("thead", {}, h("tr", {}, ...heads)), body));
  for (let from = 0; from < claims.length; from += BATCH) {
    if (from) await breathe(body);
    if (!wanted()) return;
    body.append(...claims.slice(from, from + BATCH).map((claim) => row(claim, names, choose, only)));
  }
}

function row(claim: Claim, names: Names, choose: (id: string) => void, only?: string): HTMLTableRowElement {
  const line = h("tr", { "data-claim": claim.id });
  const say = h("td", {}, sentence(claim, names));
  const quotes = h("td", { class: "qs" }, ...claim.evidence.map((piece) => h("div", {}, said(piece))));
  const at = h("td", { class: "at" });
  claim.evidence.forEach((piece, place) => {
    const again = only ?? claim.evidence[place + 1]?.document;
    at.append(h("div", {}, spot(piece, names), again === piece.document ? null : h("small", {}, " ", door(piece.document, names))));
  });
  if (dates(claim)) at.append(h("div", { class: "soft" }, dates(claim)));
  const stands = h("td", { class: "stc" }, ...strokes(claim));
  line.append(say, quotes, at, who(claim, names, only), stands);
  line.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("a, button")) choose(claim.id);
  });
  return line;
}

function who(claim: Claim, names: Names, only?: string): HTMLTableCellElement {
  const from = [...new Set(claim.evidence.map((piece) => piece.document))].join();
  const own = claim.attributed_to.join() === (only ?? from);
  return h("td", { class: "who" }, ...(own ? [document.createTextNode("the source")] : voices(claim, names)));
}

/** The things by name, each a button that chooses it; on a telephone it stands for the picture. */
export function list(shown: Shown, chosen: string, choose: (id: string) => void): HTMLElement {
  const of = (id: string) => [...shown.claims.values()].filter((claim) => claim.subject === id || claim.object === id).length;
  const items = [...shown.things.values()].map((thing) => item(thing, of(thing.id), thing.id === chosen, choose));
  return h("ul", { class: "things" }, ...items);
}

function item(thing: Entity, count: number, chosen: boolean, choose: (id: string) => void): HTMLElement {
  const told = h("small", {}, `${typeName(thing.type)}, ${count} ${count === 1 ? "claim" : "claims"}`);
  const act = h("button", { type: "button", class: "plain", "aria-pressed": String(chosen), "data-thing": thing.id });
  act.append(bdi(thing.name), " ", told);
  act.addEventListener("click", () => choose(thing.id));
  return h("li", { "data-kind": kindOf([...thing.types, thing.type]) }, act);
}
