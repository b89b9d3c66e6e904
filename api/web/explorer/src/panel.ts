// Beside the picture: what is chosen – a thing with its relations, counts first, or a claim with its evidence.

import { ask, type Claim, type Entity } from "./api.ts";
import { bdi, button, h } from "./dom.ts";
import { combobox } from "./find.ts";
import { asked } from "./graph.ts";
import { note } from "./notes.ts";
import { dates, door, said, sentence, short, spot, strokes, type Names, voices } from "./sentence.ts";
import type { Shown } from "./shown.ts";
import { AT_ONCE, expanded, type Side, type View } from "./view.ts";
import { typeName, verb, words } from "./words.ts";

const MOST_COUNTED = 1000;
const MOST_AT_ALL = 500;

export interface Doer {
  expand(id: string, relation: string, side: Side, count: number): void;
  path(from: string, to: string): void;
  share(one: string, other: string): void;
  choose(id: string): void;
  start(id: string): void;
  hide(id: string): void;
  pin(id: string): void;
  unpin(id: string): void;
}

/** What is known of a thing and how to go on from it. */
export function thing(entity: Entity, view: View, shown: Shown, act: Doer, focus = ""): Node[] {
  const head = h("h2", { id: "chosen", tabindex: "-1" }, door(entity.id, (id) => (id === entity.id ? entity : undefined)));
  const about = h("p", { class: "soft small" }, typeName(entity.type));
  if (entity.aliases?.length) about.append(" · also ", bdi(entity.aliases.join(", ")));
  const list = h("ul", { id: "relations", "aria-label": `Relations of ${entity.name}`, "aria-busy": "true" });
  void counts(entity, view, shown, act, list).then(() => {
    // The button that was pressed is another now, or there is no more of the relation.
    if (focus && document.activeElement === document.body) (document.getElementById(focus) ?? head).focus();
  });
  const more = h("div", { class: "further" });
  more.append(
    combobox("path-to", "Path to", (found) => act.path(entity.id, found.id)),
    combobox("shared-with", "Shared with", (found) => act.share(entity.id, found.id)),
  );
  const tools = h("p", { class: "links" }, button("Hide it", () => act.hide(entity.id), { id: "hide" }));
  if (view.pins[entity.id]) tools.append(button("Unpin it", () => act.unpin(entity.id), { id: "unpin" }));
  else tools.append(button("Pin it here", () => act.pin(entity.id), { id: "pin" }));
  return [about, head, list, around(entity, shown, act), more, note(entity.id, entity.name), tools];
}

async function counts(entity: Entity, view: View, shown: Shown, act: Doer, list: HTMLElement): Promise<void> {
  const answer = await ask(`v1/entities/${entity.id}/counts.json`, { limit: MOST_AT_ALL, ...asked(view) }).catch(() => null);
  list.removeAttribute("aria-busy");
  if (!answer) return list.replaceChildren(h("li", {}, "The counts are not to be had now."));
  if (!answer.data.length) list.append(h("li", { class: "soft" }, "No claim is about it."));
  for (const row of answer.data) {
    const [relation, side, known] = [String(row["relation"]), row["direction"] as Side, Number(row["known"])];
    const here = [...shown.claims.values()].filter((claim) => claim[side] === entity.id && claim.relation === relation).length;
    const told = known >= MOST_COUNTED ? "1,000 or more" : known.toLocaleString("en");
    const reads = verb(relation, side);
    const line = h("li", {}, h("span", { class: "reads" }, reads), h("span", { class: "num soft" }, `${here} of ${told}`));
    const claim = answer.claims[row.claims[0] ?? ""];
    const taken = expanded(view, entity.id, relation, side);
    const next = Math.min(taken + AT_ONCE, MOST_AT_ALL);
    if (claim && claim.object === undefined) line.append(h("small", {}, "a figure: see its page"));
    else if (here < known && taken < MOST_AT_ALL && !shown.full) {
      const count = Math.min(AT_ONCE, Math.max(known - taken, 1));
      const say = taken ? `Show next ${count}` : `Show ${count}`;
      const name = `${say}: ${reads}, ${told} of ${entity.name}`;
      const open = () => act.expand(entity.id, relation, side, next);
      line.append(button(say, open, { id: `show-${relation}-${side}`, "aria-label": name, "data-relation": relation, "data-side": side }));
    }
    list.append(line);
  }
  if (shown.full) list.append(h("li", { class: "soft" }, "The view is full: hide some entities to open more."));
}

/** The claims on it that are shown, each a button that opens its evidence. */
function around(entity: Entity, shown: Shown, act: Doer): HTMLElement {
  const claims = [...shown.claims.values()].filter((claim) => claim.subject === entity.id || claim.object === entity.id);
  const list = h("ul", { class: "around" });
  for (const claim of claims) {
    const side: Side = claim.subject === entity.id ? "subject" : "object";
    const other = shown.things.get((side === "subject" ? claim.object : claim.subject) as string);
    const act1 = button(`${short(claim)}${verb(claim.relation, side)} `, () => act.choose(claim.id), { class: "plain", "data-claim": claim.id });
    act1.append(bdi(other?.name ?? ""));
    list.append(h("li", {}, act1));
  }
  return h("details", { open: claims.length <= 8 }, h("summary", {}, `${claims.length} shown here`), list);
}

/** A claim with the words it rests on, who says so, and what became of it. */
export function claim(one: Claim, names: Names): Node[] {
  const facts = h("dl", { class: "facts" });
  const fact = (name: string, ...told: (Node | string)[]) => {
    const value = h("dd");
    value.append(...told);
    facts.append(h("dt", {}, name), value);
  };
  fact("Who says so", ...voices(one, names));
  fact("Dates", dates(one) || "none given");
  if (one.disputed_by?.length) fact("Disputed by", ...one.disputed_by.flatMap((id) => [door(id, names), " "]));
  if (one.challenged_by?.length)
    fact("Against it", ...one.challenged_by.flatMap((id) => [h("a", { href: `${words.root}v1/claims/${id}.html` }, id), " "]));
  if (one.inferred?.length) fact("Inferred", one.inferred.join("; "));
  const quotes = one.evidence.map((piece) =>
    h("figure", {}, h("blockquote", {}, said(piece)), h("figcaption", {}, door(piece.document, names), " · ", spot(piece, names))),
  );
  const page = h("p", { class: "links" }, h("a", { href: `${words.root}v1/claims/${one.id}.html` }, "Claim and how to cite it"));
  const head = h("h2", { id: "chosen", class: "say", tabindex: "-1" }, sentence(one, names));
  return [h("p", { class: "soft small" }, "Selected claim"), head, h("p", {}, ...strokes(one)), ...quotes, facts, note(one.id, "this claim"), page];
}

/** Where nothing is chosen. */
export function hint(): Node[] {
  return [h("p", { class: "soft" }, "Choose a thing or a line: what is said of it, and on whose word, is told here.")];
}
