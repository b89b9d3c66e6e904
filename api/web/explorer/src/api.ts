// Answers of the API, each asked for once while the page stands; and the addresses that people copy.

import { words } from "./words.ts";

export interface Entity {
  id: string;
  name: string;
  type: string;
  types: string[];
  aliases?: string[];
  description?: string;
  paragraphs?: number[];
}
export interface Piece {
  document: string;
  quote?: string;
  raw?: string;
  absent?: string;
  start?: number;
  end?: number;
  path?: string;
  sheet?: string;
  row?: number;
  column?: string;
  pointer?: string;
}
export interface Claim {
  id: string;
  relation: string;
  subject: string;
  object?: string;
  detail?: string;
  status: string;
  standing: string;
  wording?: string[];
  condition?: string;
  inferred?: string[];
  attributed_to: string[];
  disputed_by?: string[];
  challenged_by?: string[];
  valid_from?: string;
  valid_to?: string;
  temporal_match?: string;
  evidence: Piece[];
}
export type Row = Record<string, unknown> & { claims: string[] };
export interface Answer {
  data: Row[];
  claims: Record<string, Claim>;
  entities: Record<string, Entity>;
  truncated: boolean;
  page: { next_cursor: string | null };
  meta: { version?: string; version_at?: string };
}
export type Given = Record<string, string | number | readonly string[] | undefined>;

/** What the API said where it did not answer. */
export class Refusal extends Error {}

const PATIENCE = 2; // times that a busy server is asked again
const LONGEST_WAIT = 5; // seconds

/** What the last answer was read from. */
export const edition = { version: "", day: "" };
const held = new Map<string, Promise<Answer>>();

/** `v1/search.json` with these values; lists have commas, what is empty is left out. */
export function address(path: string, given: Given): string {
  const told = Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll("%2C", ",")}`);
  return told.length ? `${path}?${told.join("&")}` : path;
}

/** The answer at the address below the root of all. */
export function ask(path: string, given: Given): Promise<Answer> {
  const at = words.root + address(path, given);
  const known = held.get(at);
  if (known) return known;
  const answer = fetched(at);
  held.set(at, answer);
  answer.catch(() => held.delete(at));
  return answer;
}

async function fetched(at: string, again = PATIENCE): Promise<Answer> {
  const response = await fetch(at, { headers: { Accept: "application/json" } });
  if (response.status === 503 && again) {
    const seconds = Math.min(Number(response.headers.get("Retry-After")) || 1, LONGEST_WAIT);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return fetched(at, again - 1);
  }
  const told: unknown = await response.json().catch(() => ({}));
  if (response.ok) {
    const { version = "", version_at = "" } = (told as Answer).meta;
    [edition.version, edition.day] = [version.slice(0, 8), version_at.slice(0, 10)];
    return told as Answer;
  }
  const problem = told as { title?: string; detail?: string };
  throw new Refusal(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
}

/** The text of a named query, to be pasted into a console of Neo4j. */
export async function cypher(query: string): Promise<string> {
  const response = await fetch(`${words.root}v1/queries/${query}.json`);
  return ((await response.json()) as { cypher: string }).cypher;
}
