// Notes on things and claims; they stay in this browser and in the views that are saved from it.

import { h } from "./dom.ts";

const KEY = "civicgraph-notes";
let kept: Record<string, string> = {};
try {
  const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  if (found && typeof found === "object") take(found as Record<string, unknown>);
} catch {
  kept = {}; // no storage here: notes last as long as the page
}

/** Take notes over from a file; what is no text is left out. */
export function take(found: Record<string, unknown>): void {
  for (const [id, text] of Object.entries(found)) if (typeof text === "string" && text) kept[id] = text.slice(0, 5000);
}

/** The notes on these. */
export function notesOn(ids: Iterable<string>): Record<string, string> {
  return Object.fromEntries([...ids].flatMap((id) => (kept[id] ? [[id, kept[id]]] : [])));
}

/** A field for a note. */
export function note(id: string, name: string): HTMLElement {
  const field = h("textarea", { id: "note", rows: 2, maxlength: 5000 });
  field.value = kept[id] ?? "";
  field.addEventListener("input", () => {
    if (field.value) kept[id] = field.value;
    else delete kept[id];
    save();
  });
  return h("div", { class: "note" }, h("label", { for: "note" }, `Your note on ${name}, kept in this browser`), field);
}

export function save(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // no storage here, or it is full: the note stays in the page
  }
}
