// Puts {query} to a Comunica that follows links from {seed}, and prints {rows, asked, peers}: every value as text, each
// address that the engine fetched, each name that this process looked up or host and port that it tried to connect to.
import { subscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { QueryEngineFactory } from "@comunica/query-sparql-link-traversal";

const asked = [];
const peers = new Set();
subscribe("net.client.socket", ({ socket }) => {
  socket.on("lookup", (_error, _address, _family, host) => peers.add(host));
  socket.on("connectionAttempt", (address, port) => peers.add(`${address}:${port}`));
});
const fetching = (input, init) => {
  asked.push(typeof input === "string" ? input : input.url);
  return fetch(input, init);
};

const { query, seed, config } = JSON.parse(readFileSync(0, "utf8"));
const engine = await new QueryEngineFactory().create({ configPath: config });
const bindings = await engine.queryBindings(query, { sources: [seed], fetch: fetching });
const rows = await bindings.toArray();
const told = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
process.stdout.write(JSON.stringify({ rows: told, asked, peers: [...peers] }), () => process.exit(0));
