// The row of links under the picture, by which what is shown is taken along.

import { edition, type Given } from "./api.ts";
import { byId, button, h } from "./dom.ts";
import type { Graph } from "./graph.ts";
import { notesOn, save as keep, take } from "./notes.ts";
import type { Names } from "./sentence.ts";
import { callOf, csv, cypherOf, drawing, fits, gephi, given, pixels, save, viewFile } from "./share.ts";
import type { Shown } from "./shown.ts";
import { LONGEST, read, type View } from "./view.ts";
import { words } from "./words.ts";

interface Now {
  graph: Graph;
  shown: Shown;
  view: View;
  names: Names;
  picture: SVGSVGElement;
  say(text: string): void;
  open(view: View): void;
}

const PAGE = 500;
const MOST_OF_A_FILE = 200_000;

/** All ways to take the view along, made anew whenever it changes. */
export function sharing(now: Now): void {
  const { graph, shown, view, names, picture, say } = now;
  const asked = given(graph, shown, view);
  const copy = async (what: string, text: string | Promise<string>) => {
    try {
      await navigator.clipboard.writeText(await text);
      say(`${what} copied.`);
    } catch {
      say(`${what} could not be copied; the browser does not allow it here.`);
    }
  };
  const version = edition.version && ` · version ${edition.version} of ${edition.day}`;
  const about = `${location.origin}${location.pathname}${version} · claims Apache-2.0, quotes belong to their authors`;
  const file = ["civicgraph", edition.version].filter(Boolean).join("-");
  const drawn = () => drawing(picture, document.title, about);
  const kept = () => viewFile(view, notesOn([...shown.things.keys(), ...shown.claims.keys()]));
  const link = () => (fits(view) ? void copy("The link", location.href) : say(`The view is longer than ${LONGEST} letters: save it as a file.`));
  const png = () => pixels(drawn()).then((blob) => save(`${file}.png`, blob, "image/png"), (error: Error) => say(error.message));
  byId("share").replaceChildren(
    button("Copy link", link, { id: "copy-link" }),
    button("SVG", () => save(`${file}.svg`, drawn(), "image/svg+xml"), { id: "save-svg" }),
    button("PNG", () => void png(), { id: "save-png" }),
    button("CSV", () => save(`${file}.csv`, csv(shown.claims.values(), names), "text/csv"), { id: "save-csv" }),
    button("Save the view", () => save(`${file}.view.json`, kept(), "application/json"), { id: "save-view" }),
    opener(now),
    button("Copy API call", () => void copy("The API call", new URL(callOf("json", asked), location.href).href), { id: "copy-call" }),
    button("Copy Cypher", () => void copy("The Cypher", cypherOf(asked)), { id: "copy-cypher" }),
  );
  const formats = words.formats.map((format) => h("a", { href: callOf(format, asked), "data-format": format }, format));
  byId("formats").replaceChildren(...formats, ...notes(shown, asked));
}

/** What the files do not hold, and the door that needs a word. */
function notes({ things, claims }: Shown, asked: Given): Node[] {
  const linked = new Set([...claims.values()].flatMap((one) => [one.subject, one.object as string]));
  const lone = [...things.keys()].filter((id) => !linked.has(id)).length;
  const door = gephi(asked);
  const told = [
    door ? "Gephi Lite is a page of others: your browser fetches the file from here for it." : "Too long an address for Gephi Lite: open the gexf there as a file.",
    claims.size > PAGE && `The first ${PAGE} claims; each file says where the next are.`,
    lone > 0 && `${lone} ${lone === 1 ? "entity" : "entities"} without a claim here ${lone === 1 ? "is" : "are"} in no file.`,
  ];
  const open = h("a", { href: door, id: "gephi-lite", rel: "noreferrer" }, "Open in Gephi Lite");
  return [...(door ? [open] : []), h("small", {}, told.filter(Boolean).join(" "))];
}

function opener({ say, open }: Now): HTMLElement {
  const field = h("input", { type: "file", id: "open-view", accept: ".json,application/json", class: "off", tabindex: "-1", "aria-label": "A saved view" });
  field.addEventListener("change", async () => {
    try {
      const found = JSON.parse((await field.files?.[0]?.text()) ?? "") as { view?: unknown; notes?: unknown };
      if (typeof found.view !== "string") throw new Error("no view");
      if (found.notes && typeof found.notes === "object") take(found.notes as Record<string, unknown>);
      keep();
      open(read(found.view, MOST_OF_A_FILE));
    } catch {
      say("This file holds no view; save one here first.");
    }
  });
  return h("span", {}, field, button("Open a view", () => field.click()));
}
