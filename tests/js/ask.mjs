// Puts {query} to each of {files} with Comunica, and prints the rows of each, every value as text.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-file";

const { query, files } = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const file of files) {
  const bindings = await new QueryEngine().queryBindings(query, { sources: [file] });
  const rows = await bindings.toArray();
  answers[file] = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
}
process.stdout.write(JSON.stringify(answers));
