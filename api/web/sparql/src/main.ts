// Puts an editor in the place of the field in which a query is written; the form is sent as without it.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Colours of the house's sheet, which reach into the shadow as custom properties do.
const look = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "3px", background: "var(--paper)", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { font: ".8125rem/1.5 var(--mono)", minHeight: "14rem", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--tint)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "color-mix(in srgb, var(--mark) 45%, transparent)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": { background: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--mark)", outline: "1px solid var(--edge)" },
});
const words = HighlightStyle.define([
  { tag: tags.atom, color: "var(--ink)" },
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--modal)" },
  { tag: tags.string, color: "var(--contest)" },
  { tag: [tags.comment, tags.meta], color: "var(--past)" },
]);

// Left to the browser, what is typed over a selection comes with an inline style, which the page's policy forbids.
function replace(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.selection.main.empty) {
    return false;
  }
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

function edit(field: HTMLTextAreaElement, form: HTMLFormElement): void {
  const host = document.createElement("div");
  // In a shadow the editor adopts a sheet; in the page it would write one, which the page's policy forbids.
  const shadow = host.attachShadow({ mode: "open" });
  field.after(host);
  const send = (): boolean => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    parent: shadow,
    root: shadow,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(),
        history(),
        highlightActiveLine(),
        bracketMatching(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(words),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Query in SPARQL", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
        EditorView.domEventHandlers({ beforeinput: replace }),
        keymap.of([{ key: "Mod-Enter", run: send }, ...defaultKeymap, ...historyKeymap]),
      ],
    }),
  });
  field.hidden = true;
  for (const label of field.labels) label.addEventListener("click", () => view.focus());
  const line = Number(field.dataset["line"]);
  if (line >= 1 && line <= view.state.doc.lines) {
    view.dispatch({ selection: { anchor: view.state.doc.line(line).from }, scrollIntoView: true });
    view.focus();
  }
}

const field = document.querySelector<HTMLTextAreaElement>("textarea#query");
if (field?.form) edit(field, field.form);
