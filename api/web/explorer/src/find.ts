// A field that completes names: a combobox that the keyboard alone can use.

import { ask, type Answer } from "./api.ts";
import { bdi, h } from "./dom.ts";
import { typeName } from "./words.ts";

const MOST = 8;
const WAIT = 120; // milliseconds after the last letter

export interface Found {
  id: string;
  name: string;
  type: string;
}

/** A labelled combobox; `pick` is told what was chosen, and the field is empty again. */
export function combobox(id: string, label: string, pick: (found: Found) => void): HTMLElement {
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 200, placeholder: "a name",
    "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox",
  });
  const told = h("span", { class: "off", role: "status" });
  let found: Found[] = [];
  let active = -1;
  let asked = 0;
  const show = (several: Found[], text: string) => {
    [found, active] = [several, -1];
    list.replaceChildren(...several.map((each, place) => option(each, place)));
    list.hidden = !several.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    told.textContent = text;
  };
  const option = (each: Found, place: number) => {
    const item = h("li", { id: `${id}-${place}`, role: "option", "aria-selected": "false" }, bdi(each.name), " ");
    item.append(h("small", {}, typeName(each.type)));
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => take(each));
    return item;
  };
  const take = (each: Found) => {
    asked++;
    input.value = "";
    show([], `${each.name} chosen`);
    pick(each);
  };
  const mark = (place: number) => {
    active = found.length ? (place + found.length) % found.length : -1;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${id}-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const look = async () => {
    const [q, turn] = [input.value.trim(), ++asked];
    if (!/[\p{L}\p{N}]/u.test(q)) return show([], "");
    await new Promise((resolve) => setTimeout(resolve, WAIT));
    if (turn !== asked) return;
    const answer = await ask("v1/search.json", { q, limit: MOST }).catch(() => null);
    if (turn !== asked) return;
    const several = answer ? rows(answer) : [];
    show(several, answer ? `${several.length || "no"} names found` : "The search does not answer now.");
  };
  input.addEventListener("input", () => void look());
  input.addEventListener("blur", () => show([], ""));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active < 0 ? -1 : active - 1);
    else if (event.key === "Escape" && !list.hidden) show([], "");
    else if (event.key === "Enter" && found.length) take(found[Math.max(active, 0)] as Found);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return h("div", { class: "combo" }, h("label", { for: id }, label), input, list, told);
}

function rows(answer: Answer): Found[] {
  return answer.data.map((row) => ({ id: String(row["id"]), name: String(row["name"]), type: String(row["type"]) }));
}
