// The drawing: things as signs with names, claims as lines that say how they stand; roving focus, pinning, a camera.

import type { Claim, Entity } from "./api.ts";
import { breathe, s } from "./dom.ts";
import type { Spot } from "./layout.ts";
import type { Shown } from "./shown.ts";
import { lines, set, side, type Side, Written } from "./labels.ts";
import { bows, stroke } from "./strokes.ts";
import { kindOf, typeName, verb } from "./words.ts";

export interface Watcher {
  chooseThing(id: string, inward: boolean): void;
  chooseClaim(id: string): void;
  pin(id: string, at: Spot): void;
}

const MANY_NAMES = 120;
const MANY_VERBS = 45;
const FAR = 1.6; // times: from further away a few names are written large
const BATCH = 120; // elements made in one go
const [WIDE, HIGH] = [776, 580];

export class Picture {
  readonly svg: SVGSVGElement;
  private readonly edges = s("g", { class: "edges" });
  private readonly nodes = s("g", { class: "nodes" });
  private readonly made = new Map<string, SVGGElement>();
  private spots: ReadonlyMap<string, Spot> = new Map();
  private things: ReadonlyMap<string, Entity> = new Map();
  private readonly sides = new Map<string, Side>(); // of names: once chosen they stay
  private camera = { x: -WIDE / 2, y: -HIGH / 2, wide: WIDE };
  private turn = 0;

  constructor(private readonly watcher: Watcher) {
    this.svg = s("svg", { id: "picture", class: "d", role: "group", tabindex: "-1" }, this.edges, this.nodes);
    this.svg.addEventListener("click", (event) => this.clicked(event));
    this.svg.addEventListener("keydown", (event) => this.pressed(event));
    this.svg.addEventListener("pointerdown", (event) => this.dragged(event));
    this.svg.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    this.look();
  }

  /** Draw what is shown; what was there and is still is left where it is. */
  async draw(shown: Shown, spots: ReadonlyMap<string, Spot>, chosen: string): Promise<void> {
    const turn = ++this.turn;
    [this.spots, this.things] = [spots, shown.things];
    for (const [id, element] of this.made)
      if (!shown.things.has(id) && !shown.claims.has(id)) {
        element.remove();
        this.made.delete(id);
      }
    const others = new Map<string, string[]>();
    for (const { subject, object = "" } of shown.claims.values())
      for (const [end, other] of [[subject, object], ...(subject === object ? [] : [[object, subject]])])
        others.set(end as string, [...(others.get(end as string) ?? []), other as string]);
    const degree = new Map([...others].map(([id, several]) => [id, several.length]));
    const bow = bows(shown.claims.values());
    const mute = shown.claims.size > MANY_VERBS;
    const text = new Written();
    let count = 0;
    for (const thing of shown.things.values()) {
      this.node(thing, others.get(thing.id) ?? [], text);
      if (++count % BATCH === 0) await breathe(this.svg);
      if (turn !== this.turn) return;
    }
    for (const claim of shown.claims.values()) {
      this.edge(claim, bow.get(claim.id) ?? 0, mute ? null : text);
      if (++count % BATCH === 0) await breathe(this.svg);
      if (turn !== this.turn) return;
    }
    const few = [...degree.values()].sort((a, b) => b - a)[MANY_NAMES - 1] ?? 0;
    const marks = [["quiet", few], ["lone", 2]] as const;
    for (const id of shown.things.keys())
      for (const [mark, least] of marks) this.made.get(id)?.classList.toggle(mark, (degree.get(id) ?? 0) < least);
    this.svg.classList.toggle("mute", mute);
    const told = `${shown.things.size} entities and ${shown.claims.size} claims`;
    this.svg.setAttribute("aria-label", `${told}; the same in the table below`);
    this.choose(chosen);
  }

  /** Mark what is chosen, and let the keyboard begin there. */
  choose(chosen: string): void {
    for (const [id, element] of this.made) element.classList.toggle("chosen", id === chosen);
    const first = this.things.has(chosen) ? chosen : this.things.keys().next().value;
    for (const id of this.things.keys()) this.made.get(id)?.setAttribute("tabindex", id === first ? "0" : "-1");
  }

  focus(id: string): void {
    if (!this.things.has(id)) return;
    this.choose(id);
    this.made.get(id)?.focus();
  }

  /** How many things stand outside of what is looked at. */
  outside(): number {
    const { x, y, wide } = this.camera;
    const inside = (spot: Spot) => spot.x > x && spot.x < x + wide && spot.y > y && spot.y < y + (wide * HIGH) / WIDE;
    return [...this.things.keys()].filter((id) => !inside(this.spots.get(id) ?? { x, y })).length;
  }

  /** Show all of it, not larger than life. */
  fit(): void {
    this.camera = this.whole();
    this.look();
  }

  /** What is to be looked at so that all is seen. */
  private whole(): { x: number; y: number; wide: number } {
    const spots = [...this.things.keys()].flatMap((id) => this.spots.get(id) ?? []);
    if (!spots.length) return this.camera;
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs) - 120, Math.max(...xs) + 120];
    const [top, bottom] = [Math.min(...ys) - 90, Math.max(...ys) + 110];
    const wide = Math.max(WIDE, right - left, ((bottom - top) * WIDE) / HIGH);
    return { x: (left + right - wide) / 2, y: (top + bottom - (wide * HIGH) / WIDE) / 2, wide };
  }

  zoom(by: number): void {
    const wide = Math.min(8000, Math.max(240, this.camera.wide * by));
    const more = (this.camera.wide - wide) / 2;
    this.camera = { x: this.camera.x + more, y: this.camera.y + (more * HIGH) / WIDE, wide };
    this.look();
  }

  private look(): void {
    const { x, y, wide } = this.camera;
    this.svg.classList.toggle("far", wide > FAR * WIDE);
    this.svg.setAttribute("viewBox", [x, y, wide, (wide * HIGH) / WIDE].map(Math.round).join(" "));
  }

  private node(thing: Entity, others: readonly string[], text: Written): void {
    const at = this.spots.get(thing.id) ?? { x: 0, y: 0 };
    const name = lines(thing.name);
    let node = this.made.get(thing.id);
    if (!node) {
      const where = this.sides.get(thing.id) ?? side(at, others.flatMap((id) => (id === thing.id ? [] : (this.spots.get(id) ?? []))));
      this.sides.set(thing.id, where);
      node = s("g", { class: "node", role: "button", "data-id": thing.id }, s("circle", { class: "ground", r: 15 }));
      const { x, y, anchor } = set(where, name.length);
      const spans = name.map((line, place) => s("tspan", { x, y: y + 16 * place }, place < name.length - 1 ? `${line} ` : line));
      node.append(sign(kindOf([...thing.types, thing.type])), s("text", { class: "name", "text-anchor": anchor }, ...spans));
      this.nodes.append(node);
      this.made.set(thing.id, node);
    }
    text.name(at, this.sides.get(thing.id) ?? "below", name);
    node.setAttribute("transform", `translate(${at.x} ${at.y})`);
    const count = `${others.length} ${others.length === 1 ? "claim" : "claims"}`;
    // What is seen is part of what is heard, where it is cut too.
    const seen = name.join(" ");
    const told = seen === thing.name ? seen : `${seen} (${thing.name})`;
    node.setAttribute("aria-label", `${told}, ${typeName(thing.type)}, ${count}`);
  }

  private edge(claim: Claim, bow: number, text: Written | null): void {
    const [from, to] = [this.spots.get(claim.subject), this.spots.get(claim.object as string)];
    if (!from || !to) return;
    const { way, head, open, sign: word, middle, along } = stroke(claim, from, to, bow);
    const modal = ["alleged", "hedged", "planned"].includes(claim.status) ? `[${claim.status}] ` : "";
    const reads = modal + verb(claim.relation);
    const spots = (word ? [0.3, 0.7, 0.22, 0.78] : [0.5, 0.4, 0.6, 0.3, 0.7, 0.22]).map(along);
    const at = text?.verb(reads, spots) ?? (spots[0] as Spot);
    const drawn = `${way} ${word} ${at.x} ${at.y}`;
    const old = this.made.get(claim.id);
    if (old?.dataset["drawn"] === drawn) return;
    const edge = s("g", { class: `edge ${claim.status} ${claim.standing}`, "data-id": claim.id, "data-drawn": drawn });
    edge.append(s("path", { class: "hit", d: way }), s("path", { class: `s s-${claim.status} l-${claim.standing}`, d: way }));
    if (claim.status === "reported") edge.append(s("path", { class: "between", d: way }));
    edge.append(s("path", { class: open ? "head open" : "head", d: head }));
    if (word) edge.append(s("text", { class: "sign", x: middle.x, y: middle.y + 5, "text-anchor": "middle" }, word));
    edge.append(s("text", { class: "verb", x: at.x, y: at.y + 4, "text-anchor": "middle" }, reads));
    if (old) old.replaceWith(edge);
    else this.edges.append(edge);
    this.made.set(claim.id, edge);
  }

  private clicked(event: MouseEvent): void {
    const element = (event.target as Element).closest<SVGGElement>("[data-id]");
    const id = element?.dataset["id"];
    if (!id) return;
    if (this.things.has(id)) this.watcher.chooseThing(id, false);
    else this.watcher.chooseClaim(id);
  }

  private pressed(event: KeyboardEvent): void {
    const id = (event.target as Element).closest<SVGGElement>(".node")?.dataset["id"];
    if (!id) return;
    if (event.key === "Enter" || event.key === " ") this.watcher.chooseThing(id, event.key === "Enter");
    else if (event.key.startsWith("Arrow")) this.focus(this.nearest(id, event.key.slice(5)));
    else if (event.key === "Home") this.focus(this.things.keys().next().value ?? id);
    else return;
    event.preventDefault();
  }

  /** The next thing in that direction, rather ahead than aside. */
  private nearest(id: string, direction: string): string {
    const here = this.spots.get(id) ?? { x: 0, y: 0 };
    const [ax, ay] = { Left: [-1, 0], Right: [1, 0], Up: [0, -1], Down: [0, 1] }[direction] ?? [0, 0];
    let [best, least] = [id, Infinity];
    for (const other of this.things.keys()) {
      const spot = this.spots.get(other) ?? here;
      const [dx, dy] = [spot.x - here.x, spot.y - here.y];
      const ahead = dx * (ax as number) + dy * (ay as number);
      const far = ahead + 2.5 * Math.abs(dx * (ay as number) + dy * (ax as number));
      if (other !== id && ahead > 0 && far < least) [best, least] = [other, far];
    }
    return best;
  }

  /** A thing is dragged to where it is to stay; the ground is dragged to look elsewhere. */
  private dragged(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const id = (event.target as Element).closest<SVGGElement>(".node")?.dataset["id"];
    const scale = this.camera.wide / (this.svg.clientWidth || WIDE);
    const begun = id ? (this.spots.get(id) ?? { x: 0, y: 0 }) : { ...this.camera };
    let moved = false;
    const move = (now: PointerEvent) => {
      const [dx, dy] = [(now.clientX - event.clientX) * scale, (now.clientY - event.clientY) * scale];
      moved ||= Math.hypot(dx, dy) > 4;
      if (!moved) return;
      if (id) this.made.get(id)?.setAttribute("transform", `translate(${begun.x + dx} ${begun.y + dy})`);
      else this.camera = { ...this.camera, x: begun.x - dx, y: begun.y - dy };
      this.look();
    };
    const end = (now: PointerEvent) => {
      removeEventListener("pointermove", move);
      if (!moved) return;
      addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      setTimeout(() => dispatchEvent(new Event("click"))); // where the pointer left the window there was no click
      const [dx, dy] = [(now.clientX - event.clientX) * scale, (now.clientY - event.clientY) * scale];
      if (id) this.watcher.pin(id, { x: begun.x + dx, y: begun.y + dy });
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
  }

  private wheeled(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return; // else the page scrolls
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.15 : 0.87);
  }
}

/** A copy of the sign that the page holds for this kind. */
function sign(kind: string): SVGGElement {
  const found = document.getElementById(`k-${kind}`) ?? document.getElementById("k-other");
  const group = s("g", { class: `k k-${kind}`, transform: "translate(-8 -8) scale(1.333)" });
  if (!found) group.append(s("circle", { class: "kf", cx: 6, cy: 6, r: 5 }));
  for (const child of found?.children ?? []) group.append(child.cloneNode(true));
  return group;
}
