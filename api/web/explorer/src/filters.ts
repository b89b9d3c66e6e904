// The flat row of filters: each with its values and how many have them, the times, and the years of what is shown.

import type { Graph } from "./graph.ts";
import { h } from "./dom.ts";
import { byYear, counted, places, type Shown } from "./shown.ts";
import { FACETS, STANDINGS, type Facet, type View } from "./view.ts";
import { typeName, verb } from "./words.ts";

export type Change = (change: Partial<View>) => void;

const TITLES: Record<Facet, string> = { type: "Type", relation: "Relation", status: "Status", source: "Source" };

/** One closed list a facet, and those of standing and place. */
export function filters(graph: Graph, view: View, change: Change): HTMLElement[] {
  return [...FACETS.map((facet) => choice(facet, graph, view, change)), standing(view, change), place(graph, view, change)];
}

function choice(facet: Facet, graph: Graph, view: View, change: Change): HTMLElement {
  const name = (value: string) => (facet === "type" ? typeName(value) : facet === "relation" ? verb(value) : value);
  const title = (value: string) => (facet === "source" ? (graph.named.get(value)?.name ?? value) : name(value));
  const off = new Set(view.hidden[facet]);
  const boxes = [...counted(graph, facet)].map(([value, count]) =>
    box(`${facet}-${value}`, title(value), count, !off.has(value), (on) => {
      const hidden = on ? view.hidden[facet].filter((each) => each !== value) : [...view.hidden[facet], value];
      change({ hidden: { ...view.hidden, [facet]: hidden } });
    }),
  );
  return fold(facet, TITLES[facet], off.size ? `${off.size} hidden` : "all", boxes);
}

function standing(view: View, change: Change): HTMLElement {
  const boxes = STANDINGS.map((each) =>
    box(`standing-${each}`, each, null, view.standing.includes(each), (on) => {
      const standing = STANDINGS.filter((one) => (one === each ? on : view.standing.includes(one)));
      if (standing.length) change({ standing });
      else change({});
    }),
  );
  return fold("standing", "Standing", view.standing.join(", "), boxes);
}

function place(graph: Graph, view: View, change: Change): HTMLElement {
  const ids = [...new Set([...places(graph), ...(view.place ? [view.place] : [])])];
  const select = h("select", { id: "place" }, h("option", { value: "" }, "all"));
  for (const id of ids) {
    const text = graph.things.get(id)?.name ?? id;
    select.append(h("option", { value: id, selected: id === view.place }, text));
  }
  select.addEventListener("change", () => change({ place: select.value }));
  return h("label", { class: "place" }, "Place ", select);
}

function box(id: string, text: string, count: number | null, on: boolean, act: (on: boolean) => void): HTMLElement {
  const input = h("input", { type: "checkbox", id: `f-${id}`, checked: on });
  input.addEventListener("change", () => act(input.checked));
  const told = count === null ? null : h("span", { class: "num soft" }, String(count));
  return h("label", { class: "check" }, input, " ", h("bdi", {}, text), " ", told);
}

const open = new Set<string>();

function fold(id: string, title: string, told: string, boxes: readonly HTMLElement[]): HTMLElement {
  const found = h("details", { class: "filter", id: `filter-${id}`, open: open.has(id) });
  found.addEventListener("toggle", () => (found.open ? open.add(id) : open.delete(id)));
  found.append(h("summary", {}, `${title}: ${told}`));
  found.append(h("fieldset", {}, h("legend", { class: "off" }, title), ...boxes));
  return found;
}

/** How many claims begin in which year: a bar for each, which asks for that year; the undated are counted. */
export function years(shown: Shown, view: View, change: Change): Node[] {
  const { years, undated } = byYear(shown.claims.values());
  const most = Math.max(1, ...years.values());
  const list = h("ul", { class: "years", "aria-label": "Claims by the year in which they begin" });
  for (const [year, count] of years) {
    const act = h("button", { type: "button", id: `year-${year}`, "aria-pressed": String(view.asOf === year), title: `True in ${year}` });
    const bar = h("meter", { min: 0, max: most, value: count, "aria-hidden": "true" });
    act.append(h("span", { class: "num" }, `${year}: ${count}`), bar);
    act.addEventListener("click", () => change({ asOf: view.asOf === year ? "" : year }));
    list.append(h("li", {}, act));
  }
  const told = h("p", { id: "undated", class: "soft small" }, `${undated} undated, shown whatever the day`);
  return years.size ? [list, told] : [told];
}
