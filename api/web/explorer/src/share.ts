// Taking along exactly what is shown: links, text to paste, files.

import { address, cypher, edition, type Claim, type Given } from "./api.ts";
import { h, s } from "./dom.ts";
import { asked, type Graph } from "./graph.ts";
import { dates, type Names } from "./sentence.ts";
import type { Shown } from "./shown.ts";
import { LONGEST, type View, written } from "./view.ts";
import { verb, words } from "./words.ts";

const MOST = 500;
const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-size",
  "font-weight", "font-family", "paint-order", "opacity", "text-anchor"] as const;

/** What the API is asked for the claims that are shown. */
export function given(graph: Graph, shown: Shown, view: View): Given {
  const present = (facet: "relation" | "status" | "source", of: (claim: Claim) => string[]) => {
    if (!view.hidden[facet].length) return undefined;
    return [...new Set([...graph.claims.values()].flatMap(of))].filter((value) => !view.hidden[facet].includes(value)).sort();
  };
  return {
    id: [...shown.things.keys()],
    relation: present("relation", (claim) => [claim.relation]),
    status: present("status", (claim) => [claim.status]),
    source: present("source", (claim) => claim.evidence.map((piece) => piece.document)),
    limit: MOST,
    ...asked(view),
  };
}

/** The same claims in one of the API's formats. */
export function callOf(format: string, given: Given): string {
  return words.root + address(`v1/queries/edges-among/results.${format}`, given);
}

/** The door to a page of others that draws large graphs: it fetches the file itself. Empty where the address grows too long.
 *
 * It knows a file's format by what stands behind the last dot of the address, so one without a server's meaning is put there.
 */
export function gephi(given: Given): string {
  const file = `${new URL(callOf("gexf", given), location.href).href}#.gexf`;
  const door = `https://lite.gephi.org/?file=${encodeURIComponent(file)}`;
  return door.length <= LONGEST ? door : "";
}

/** The query with the parameters of this view, for a console of Neo4j. */
export async function cypherOf(given: Given): Promise<string> {
  const list = (value: unknown) => (Array.isArray(value) ? `[${value.map((each) => `'${String(each)}'`).join(", ")}]` : "null");
  const set = new Map<string, string>([
    ["id", list(given["id"])],
    ["relation", list(given["relation"])],
    ["source", list(given["source"])],
    ["limit", "1000"],
  ]);
  if (given["status"]) set.set("status", list(given["status"]));
  set.set("standing", list(given["standing"]));
  if (given["as_of"]) {
    const [first, last] = bounds(String(given["as_of"]));
    set.set("as_of_min", `'${first}'`).set("as_of_max", `'${last}'`);
  }
  if (given["known_at"]) set.set("known_at", `'${bounds(String(given["known_at"]))[1]}T23:59:59Z'`);
  const text = await cypher("edges-among");
  return text.replace(/^:param (\w+) => .*;$/gm, (line, name: string) => (set.has(name) ? `:param ${name} => ${set.get(name)};` : line));
}

function bounds(day: string): [string, string] {
  const [year = "", month, date] = day.split("-");
  if (date) return [day, day];
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return [`${day}-01`, `${day}-${last}`];
}

/** The rows of the table as a spreadsheet takes them; a cell never begins a formula. */
export function csv(claims: Iterable<Claim>, names: Names): string {
  const cell = (value: string) => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  const name = (id: string) => names(id)?.name ?? id;
  const rows = [["claim", "subject_id", "subject", "relation", "reads", "object_id", "object", "detail", "status", "standing",
    "quotes", "sources", "attributed_to", "dates"]];
  for (const one of claims) {
    const object = one.object ?? "";
    rows.push([one.id, one.subject, name(one.subject), one.relation, verb(one.relation), object, name(object),
      one.detail ?? "", one.status, one.standing, one.evidence.map((piece) => piece.quote ?? piece.raw ?? "").join(" | "),
      [...new Set(one.evidence.map((piece) => piece.document))].join(" | "), one.attributed_to.map(name).join(" | "), dates(one)]);
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** The picture as a file that stands alone: with its colours, a title and where it comes from. */
export function drawing(picture: SVGSVGElement, title: string, about: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const [live, dead] = [picture.querySelectorAll("*"), copy.querySelectorAll("*")];
  live.forEach((element, at) => {
    const [style, target] = [getComputedStyle(element), dead[at] as Element];
    if (style.display === "none") target.setAttribute("display", "none");
    for (const name of DRAWN) if (style.getPropertyValue(name)) target.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "aria-label"]) target.removeAttribute(name);
  });
  const { x: left, y: top, width, height } = picture.getBBox();
  const [x, y, high] = [Math.floor(left) - 16, Math.floor(top) - 16, Math.ceil(height) + 32];
  const wide = Math.max(Math.ceil(width) + 32, 560);
  const colours = getComputedStyle(document.body);
  for (const name of ["tabindex", "class", "id", "role"]) copy.removeAttribute(name);
  copy.setAttribute("viewBox", `${x} ${y} ${wide} ${high + 40}`);
  copy.setAttribute("width", String(wide));
  copy.setAttribute("height", String(high + 40));
  copy.prepend(s("title", {}, title), s("rect", { x, y, width: wide, height: high + 40, fill: colours.backgroundColor }));
  const line = { x: x + 12, "font-size": 12, "font-family": "sans-serif", fill: colours.color };
  copy.append(s("text", { ...line, y: y + high + 10 }, title), s("text", { ...line, y: y + high + 28 }, about));
  // What XML cannot hold is a name's, not ours: it is shown as what cannot be shown.
  const strange = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
  return new XMLSerializer().serializeToString(copy).replace(strange, "\uFFFD");
}

/** The drawing as pixels, twice as fine. */
export async function pixels(drawn: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`;
  await image.decode();
  const canvas = h("canvas", { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"))), "image/png"),
  );
}

/** Hand a file to the person. */
export function save(name: string, content: Blob | string, type: string): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A view with its notes as a file that this page opens again. */
export function viewFile(view: View, notes: Record<string, string>): string {
  return JSON.stringify({ civicgraph: "view", version: edition.version, view: written(view), notes }, null, 1);
}

/** Whether the view fits into an address. */
export function fits(view: View): boolean {
  return written(view).length <= LONGEST;
}
