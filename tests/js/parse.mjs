// Reads {files: {name: {syntax, text}}} with N3.js or jsonld.js and prints {name: N-Quads}, made canonical by rdf-canonize.
// Contexts are had from {contexts} alone, by address; nothing is fetched.
import { readFileSync } from "node:fs";
import jsonld from "jsonld";
import { Parser } from "n3";
import { canonize } from "rdf-canonize";

const OF_N3 = { ttl: "text/turtle", nt: "application/n-triples", trig: "application/trig", nq: "application/n-quads" };

const { contexts, files } = JSON.parse(readFileSync(0, "utf8"));

async function documentLoader(address) {
  if (!(address in contexts)) throw new Error(`the context ${address} is not there`);
  return { contextUrl: null, documentUrl: address, document: contexts[address] };
}

// `safe` makes an error of whatever would be left out, a key without a term above all.
const ofJson = async (text) => jsonld.toRDF(JSON.parse(text), { documentLoader, safe: true });

const readers = {
  jsonld: ofJson,
  jsonl: async (text) => (await Promise.all(text.split("\n").filter(Boolean).map(ofJson))).flat(),
};
for (const [syntax, format] of Object.entries(OF_N3)) readers[syntax] = async (text) => new Parser({ format }).parse(text);

const read = {};
for (const [name, { syntax, text }] of Object.entries(files)) {
  read[name] = await canonize(await readers[syntax](text), { algorithm: "RDFC-1.0" });
}
process.stdout.write(JSON.stringify(read));
