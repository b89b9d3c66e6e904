// A claim as a sentence in which each word is a door, with the words it rests on and where they stand.

import type { Claim, Entity, Piece } from "./api.ts";
import { bdi, h, s } from "./dom.ts";
import { verb, words } from "./words.ts";

export type Names = (id: string) => Entity | undefined;

const MODAL = ["alleged", "hedged", "planned"];
const STROKES: Record<string, string> = {
  reported: "M0 3H26M0 7H26",
  planned: "M1 5H26",
  disputed: "M0 5H26M7 10l5-10M13 10l5-10",
  superseded: "M0 5H21M22 0V10",
  retracted: "M0 5H26M9 1l8 8M17 1l-8 8",
};

/** A thing's name, which leads to its page; a document's to that of the source. */
export function door(id: string, names: Names): HTMLElement {
  const thing = names(id);
  const page = thing?.types.includes("Document") ? "sources" : "entities";
  return h("a", { href: `${words.root}v1/${page}/${id}.html` }, bdi(thing?.name ?? id));
}

/** Subject, doubt, verb, object, detail. */
export function sentence(claim: Claim, names: Names): DocumentFragment {
  const whole = document.createDocumentFragment();
  const page = `${words.root}v1/claims/${claim.id}.html`;
  whole.append(door(claim.subject, names), " ", ...doubt(claim, names));
  whole.append(h("a", { class: "vb", href: page }, verb(claim.relation)), " ", door(claim.object ?? "", names));
  if (claim.detail) whole.append(": ", h("span", { dir: "auto" }, claim.detail));
  if (!/[.!?”]$/.test(claim.detail ?? "")) whole.append(".");
  return whole;
}

function doubt(claim: Claim, names: Names): (Node | string)[] {
  const told: (Node | string)[] = [];
  const more = (...parts: (Node | string)[]) => told.push(...(told.length ? ["; "] : []), ...parts);
  if (MODAL.includes(claim.status)) {
    more(claim.status);
    (claim.wording ?? []).forEach((said, place) => told.push(place ? ", " : ": ", h("q", { dir: "auto" }, `“${said}”`)));
  }
  if (["superseded", "retracted"].includes(claim.standing)) more(claim.standing);
  if (claim.condition) more("condition: ", h("q", { dir: "auto" }, `“${claim.condition}”`));
  if (claim.inferred?.length) more("inferred");
  if (claim.standing === "disputed") {
    const by = (claim.disputed_by ?? []).map((id) => bdi(names(id)?.name ?? id));
    more(by.length ? "disputed by " : "disputed", ...by.flatMap((name, place) => (place ? [", ", name] : [name])));
  }
  if (!told.length) return [];
  const bracket = h("span", { class: "hedge" }, "[");
  bracket.append(...told, "]");
  return [bracket, " "];
}

/** The doubt in one word or two, for names of lines: `[hedged] `. */
export function short(claim: Claim): string {
  const told = [MODAL.includes(claim.status) && claim.status, claim.standing !== "current" && claim.standing];
  const words = told.filter(Boolean).join(", ");
  return words ? `[${words}] ` : "";
}

/** The stroke of a status or standing with its word. */
export function stroke(word: string): HTMLElement {
  const path = s("path", { class: `s s-${word}`, d: STROKES[word] ?? "M0 5H26" });
  return h("span", { class: `st ${word}` }, s("svg", { viewBox: "0 0 26 10", "aria-hidden": "true" }, path), word);
}

/** Status, and what has become of it where that is something. */
export function strokes(claim: Claim): Node[] {
  const both = claim.standing === "current" ? [claim.status] : [claim.status, claim.standing];
  return both.flatMap((word) => [stroke(word), document.createTextNode(" ")]);
}

/** The words of a source. */
export function said(piece: Piece): HTMLElement {
  const quote = piece.quote ?? piece.raw;
  if (quote) return h("q", { dir: "auto" }, `“${quote}”`);
  return h("span", { class: "soft" }, piece.absent ? `not listed there: ${piece.absent}` : "as its table has it");
}

/** Where they stand in it: a door to the place on the page of the source. */
export function spot(piece: Piece, names: Names): HTMLElement {
  const at = anchor(piece);
  const element = at.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const page = `${words.root}v1/sources/${piece.document}.html?at=${encodeURIComponent(at)}#at-${element}`;
  return h("a", { class: piece.start === undefined ? undefined : "num", href: page }, where(piece, names));
}

/** As `schema/spots.py` spells it. */
function anchor(piece: Piece): string {
  const cut = (text: string | undefined, most: number) => (text ?? "").replaceAll("!", "|").slice(0, most).trim();
  const [path, sheet] = [cut(piece.path, 100), cut(piece.sheet, 30)];
  if (piece.start !== undefined && !path) return String(piece.start);
  return [path, sheet, String(piece.row ?? piece.start ?? ""), cut(piece.column ?? piece.pointer, 50)].join("!");
}

function where(piece: Piece, names: Names): string {
  if (piece.start !== undefined) {
    const starts = names(piece.document)?.paragraphs ?? [];
    const number = Math.max(1, starts.filter((start) => start <= (piece.start as number)).length);
    return starts.length ? `¶ ${number} of ${starts.length}, ${piece.start}–${piece.end}` : `characters ${piece.start}–${piece.end}`;
  }
  const told = (["row", "column"] as const).flatMap((name) => (piece[name] === undefined ? [] : [`${name} ${piece[name]}`]));
  const within = [[...told, piece.pointer].filter(Boolean).join(", "), piece.sheet && `sheet ${piece.sheet}`, piece.path && `file ${piece.path}`];
  return within.filter(Boolean).join(" of ") || "the whole of it";
}

/** Who says so, each a door. */
export function voices(claim: Claim, names: Names): Node[] {
  return claim.attributed_to.flatMap((id, place) => [document.createTextNode(place ? ", " : ""), door(id, names)]);
}

/** From when to when, as the source says. */
export function dates(claim: Claim): string {
  const told = [claim.valid_from && `from ${claim.valid_from}`, claim.valid_to && `to ${claim.valid_to}`];
  if (claim.temporal_match === "possible") told.push("(possibly then)");
  return told.filter(Boolean).join(" ");
}
