// What the page tells the script: how relations read, which sign a type has, which formats there are.

export interface Words {
  root: string;
  relations: Record<string, [string, string]>;
  kinds: Record<string, string>;
  formats: string[];
}

export const root = document.getElementById("explorer");
export const words: Words = JSON.parse(root?.dataset["words"] ?? "{}") as Words;

/** `ADVISES` as people read it from the subject or from the object. */
export function verb(relation: string, direction: "subject" | "object" = "subject"): string {
  const told = words.relations[relation];
  return told ? told[direction === "subject" ? 0 : 1] : relation.toLowerCase().replaceAll("_", " ");
}

/** The kind of sign that stands for these types, the most specific last. */
export function kindOf(types: readonly string[]): string {
  for (const type of [...types].reverse()) {
    const kind = words.kinds[type];
    if (kind) return kind;
  }
  return "other";
}

/** `HeadOfState` as words. */
export function typeName(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
