// Elements made by hand: whatever a value holds, it becomes text and never markup.

type Child = Node | string | number | null | undefined | false;
type Value = string | number | boolean | undefined | ((event: Event) => void);
type Props = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";

function filled<E extends Element>(element: E, props: Props, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child || child === 0) element.append(child instanceof Node ? child : String(child));
  return element;
}

/** An HTML element; properties that are functions are listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]) {
  return filled(document.createElement(tag), props, children);
}

/** An SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]) {
  return filled(document.createElementNS(SVG, tag) as SVGElementTagNameMap[K], props, children);
}

/** The element of the page with this id; there always is one. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found as E;
}

/** A name, kept apart from the direction of the text around it. */
export function bdi(text: string): HTMLElement {
  return h("bdi", {}, text);
}

/** A button that does something. */
export function button(text: string, act: (event: Event) => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", click: act, ...props }, text);
}

/** Give the browser other things to do; what was made in `place` it lays out first, so that nothing heaps up. */
export function breathe(place?: Element): Promise<void> {
  place?.getBoundingClientRect();
  return new Promise((resolve) => setTimeout(resolve));
}
