// Puts {query} to each of {files}, or endpoints, with Comunica, and prints the rows of each, every value as text.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-file";

const { query, files } = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const file of files) {
  const source = file.startsWith("http") ? { type: "sparql", value: file } : file;
  const bindings = await new QueryEngine().queryBindings(query, { sources: [source] });
  const rows = await bindings.toArray();
  answers[file] = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
}
process.stdout.write(JSON.stringify(answers));
