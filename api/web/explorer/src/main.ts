// The explorer: a view is what a person did, a graph is what the API tells of it, a picture and a table show it.

import "./explorer.css";
import { edition, Refusal } from "./api.ts";
import { byId, h } from "./dom.ts";
import { filters, years } from "./filters.ts";
import { combobox } from "./find.ts";
import { gathered, type Graph } from "./graph.ts";
import { laid, type Spot } from "./layout.ts";
import { claim as claimPanel, hint, thing as thingPanel, type Doer } from "./panel.ts";
import { Picture } from "./picture.ts";
import { type Names } from "./sentence.ts";
import { fits } from "./share.ts";
import { sharing } from "./sharing.ts";
import { shown as filtered, type Shown } from "./shown.ts";
import { list, table } from "./table.ts";
import { NOTHING, read, starts, type View, withStep, written } from "./view.ts";

interface Kept {
  place: number;
  view: string;
}

const DAY = /^(\d{4}(-\d{2}(-\d{2})?)?)?$/;
const spots = new Map<string, Spot>(); // of all that was ever shown: what comes back stands where it stood
let view: View = NOTHING;
let graph: Graph = { things: new Map(), claims: new Map(), named: new Map(), beside: new Map(), told: [] };
let shown: Shown = { things: new Map(), claims: new Map(), full: false };
let [place, last, turn] = [0, 0, 0];

const names: Names = (id) => graph.things.get(id) ?? graph.named.get(id);
const act: Doer = {
  expand: (id, relation, side, count) => go(withStep(view, { kind: "expand", id, relation, side, count })),
  path: (from, to) => go(withStep(view, { kind: "path", from, to })),
  share: (one, other) => go(withStep(view, { kind: "shared", of: [one, other] })),
  choose,
  start: (id) => go(withStep(view, { kind: "start", id })),
  hide: (id) => go({ ...withStep(view, { kind: "hide", id }), chosen: "" }),
  pin: (id) => pinned(id, spots.get(id) ?? { x: 0, y: 0 }),
  unpin: (id) => go({ ...view, pins: Object.fromEntries(Object.entries(view.pins).filter(([each]) => each !== id)) }),
};
const picture = new Picture({
  chooseThing(id, inward) {
    choose(id);
    if (inward) byId("panel").querySelector<HTMLElement>("#relations button, #chosen")?.focus();
  },
  chooseClaim: choose,
  pin: pinned,
});

/** A new state: the address tells it, and the way back leads to the one before. */
function go(next: View): void {
  place += 1;
  last = place;
  history.pushState(kept(next), "", fits(next) ? `#${written(next)}` : location.pathname);
  void show(next);
}

function pinned(id: string, at: Spot): void {
  go({ ...view, pins: { ...view.pins, [id]: [Math.round(at.x), Math.round(at.y)] } });
}

/** What the browser keeps of a step, whether or not the address has room for it. */
function kept(one: View): Kept {
  return { place, view: written(one) };
}

function back(state: Kept | null): View {
  place = state?.place ?? 0;
  return read(state?.view ?? location.hash, Infinity);
}

/** Choosing is no step of its own: the address follows, the way back does not. */
function choose(id: string): void {
  view = { ...view, chosen: id };
  history.replaceState(kept(view), "", fits(view) ? `#${written(view)}` : location.pathname);
  picture.choose(id);
  const inside = byId("panel").contains(document.activeElement);
  beside();
  things();
  if (inside) document.getElementById("chosen")?.focus(); // what was pressed there is gone
}

async function show(next: View, whole = false): Promise<void> {
  const mine = ++turn;
  const same = graph.things.size > 0 && asks(next) === asks(view);
  view = next;
  tools();
  byId("explorer").setAttribute("aria-busy", "true");
  try {
    const found = same ? graph : await gathered(next);
    if (mine !== turn) return;
    graph = found;
    const links = [...graph.claims.values()].map((one) => [one.subject, one.object as string] as const);
    const known = new Map([...spots].filter(([id]) => graph.things.has(id)));
    for (const [id, at] of await laid(graph.things.keys(), links, graph.beside, known)) spots.set(id, at);
    if (mine !== turn) return;
    shown = filtered(graph, view);
    byId("begin").hidden = shown.things.size > 0;
    byId("work").hidden = byId("steps").hidden = shown.things.size === 0;
    const first = whole || !picture.svg.querySelector(".node");
    await picture.draw(shown, placed(), view.chosen);
    if (mine !== turn) return;
    if (first) picture.fit();
    await table(byId("twin"), [...shown.claims.values()], names, choose, () => mine === turn);
    if (mine !== turn) return;
    around();
  } catch (error) {
    if (mine === turn) say(error instanceof Refusal ? error.message : "The server does not answer now; try again.");
    if (!(error instanceof Refusal)) console.error(error);
  } finally {
    if (mine === turn) byId("explorer").removeAttribute("aria-busy");
  }
}

/** What of a view the API is asked for. */
function asks(one: View): string {
  return written({ ...one, hidden: NOTHING.hidden, place: "", pins: {}, chosen: "" });
}

function placed(): Map<string, Spot> {
  const pinned = Object.entries(view.pins).map(([id, [x, y]]) => [id, { x, y }] as const);
  return new Map([...spots, ...pinned]);
}

function around(): void {
  const begun = starts(view).map((id) => names(id)?.name ?? id);
  byId("title").replaceChildren(begun.length ? "Around " : "Explorer", ...begun.flatMap((name, at) => [at ? ", " : "", h("bdi", {}, name)]));
  document.title = `${begun.length ? `Around ${begun.slice(0, 3).join(", ")}` : "Explorer"} – civicgraph`;
  const change = (more: Partial<View>) => go({ ...view, ...more });
  const focused = document.activeElement?.id ?? "";
  byId("filters").replaceChildren(...filters(graph, view, change));
  byId("years").replaceChildren(...years(shown, view, change));
  things();
  beside(focused);
  sharing({ graph, shown, view, names, picture: picture.svg, say, open: go });
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  if (edition.version) byId("version").textContent = `Version ${edition.version} of ${edition.day}.`;
  say(status());
}

function things(): void {
  byId("things").replaceChildren(h("summary", {}, many(shown.things.size, "entity", "entities")), list(shown, view.chosen, choose));
}

function beside(focus = ""): void {
  const [entity, one] = [shown.things.get(view.chosen), shown.claims.get(view.chosen)];
  byId("panel").replaceChildren(...(entity ? thingPanel(entity, view, shown, act, focus) : one ? claimPanel(one, names) : hint()));
}

function status(): string {
  const count = (of: (status: string) => boolean) => [...shown.claims.values()].filter((one) => of(one.status)).length;
  const statuses = ["asserted", "reported", "alleged", "hedged", "planned"]
    .map((word) => [word, count((each) => each === word)] as const)
    .filter(([, some]) => some);
  const undated = [...shown.claims.values()].filter((one) => !one.valid_from && !one.valid_to).length;
  const hidden = graph.claims.size - shown.claims.size;
  const claims = `${many(shown.claims.size, "claim", "claims")}${statuses.length ? `: ${statuses.map(([word, some]) => `${some} ${word}`).join(", ")}` : ""}`;
  const kept = hidden ? `${hidden} claims hidden by a filter.` : "Nothing hidden by a filter.";
  const outside = picture.outside();
  const far = outside ? `${outside} outside the picture: Fit shows all.` : "";
  return [`${many(shown.things.size, "entity", "entities")}, ${claims}; ${undated} undated. ${kept}`, far, ...graph.told].filter(Boolean).join(" ");
}

function many(count: number, one: string, several: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

function say(text: string): void {
  byId("status").textContent = text;
}

function tools(): void {
  byId<HTMLButtonElement>("undo").disabled = place === 0;
  byId<HTMLButtonElement>("redo").disabled = place >= last;
  byId<HTMLButtonElement>("share-all").disabled = starts(view).length < 2 || starts(view).length > 5;
  const [asOf, knownAt] = [byId<HTMLInputElement>("as-of"), byId<HTMLInputElement>("known-at")];
  [asOf.value, knownAt.value] = [view.asOf, view.knownAt];
  byId<HTMLInputElement>("as-of-year").value = view.asOf.slice(0, 4) || String(new Date().getFullYear());
}

function begin(): void {
  byId("find").replaceWith(combobox("find", "Find people, groups, places, measures", (found) => act.start(found.id)));
  byId("canvas").replaceChildren(picture.svg);
  const on = (id: string, act: () => void) => byId(id).addEventListener("click", act);
  on("undo", () => history.back());
  on("redo", () => history.forward());
  on("fit", () => {
    picture.fit();
    say(status());
  });
  on("nearer", () => picture.zoom(0.8));
  on("further", () => picture.zoom(1.25));
  on("share-all", () => go(withStep(view, { kind: "shared", of: starts(view) })));
  on("clear", () => go(NOTHING));
  for (const id of ["as-of", "known-at"]) byId(id).addEventListener("change", time);
  const year = byId<HTMLInputElement>("as-of-year");
  year.addEventListener("change", () => go({ ...view, asOf: year.value }));
  addEventListener("keydown", pressed);
  addEventListener("popstate", (event) => {
    void show(back(event.state as Kept | null));
  });
  document.querySelectorAll<HTMLElement>("[data-start]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      act.start(link.dataset["start"] as string);
    }),
  );
  const first = back(history.state as Kept | null);
  last = place;
  // On a telephone the list stands for the picture.
  byId<HTMLDetailsElement>("things").open = matchMedia("(max-width: 45rem)").matches;
  void show(first, true);
}

function time(event: Event): void {
  const field = event.target as HTMLInputElement;
  const good = DAY.test(field.value.trim());
  field.setAttribute("aria-invalid", String(!good));
  if (!good) return say("A day is written 2026, 2026-02 or 2026-02-17.");
  go({ ...view, [field.id === "as-of" ? "asOf" : "knownAt"]: field.value.trim() });
}

function pressed(event: KeyboardEvent): void {
  const target = event.target as Element;
  if (event.key === "Escape" && target.closest("#panel")) picture.focus(shown.claims.get(view.chosen)?.subject ?? view.chosen);
  else if (event.key === "Escape" && target.closest("#canvas")) choose("");
  else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !target.closest("input, textarea")) {
    event.preventDefault();
    if (event.shiftKey) history.forward();
    else if (place > 0) history.back();
  }
}

begin();
