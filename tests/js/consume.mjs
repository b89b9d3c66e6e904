// Reads {format: text} from stdin with the libraries people use, and prints what each of them understood.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { forceLink, forceSimulation } from "d3-force";

const require = createRequire(import.meta.url);
const cytoscape = require("cytoscape");
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");

const edge = (id, source, target, data) => ({ id, source, target, ...data });

function readCytoscape(text) {
  const cy = cytoscape({ headless: true, elements: JSON.parse(text).elements });
  return {
    nodes: cy.nodes().map((n) => ({ ...n.data(), compound: n.isChild() })),
    edges: cy.edges().map((e) => e.data()),
  };
}

function fromGraphology(graph) {
  return {
    type: graph.type,
    multi: graph.multi,
    nodes: graph.mapNodes((id, data) => ({ id, ...data })),
    edges: graph.mapEdges((id, data, source, target) => edge(id, source, target, data)),
  };
}

function readD3(text) {
  const { nodes, links } = JSON.parse(text);
  const force = forceLink(links).id((node) => node.id);
  forceSimulation(nodes).force("link", force).stop().tick(3);
  return {
    nodes,
    edges: links.map((link) => edge(link.id, link.source.id, link.target.id, { ...link, source: link.source.id, target: link.target.id })),
  };
}

const readers = {
  "cytoscape.json": readCytoscape,
  "graphology.json": (text) => fromGraphology(Graph.from(JSON.parse(text))),
  gexf: (text) => fromGraphology(gexf.parse(Graph, text)),
  graphml: (text) => fromGraphology(graphml.parse(Graph, text)),
  "d3.json": readD3,
};

const given = JSON.parse(readFileSync(0, "utf8"));
const understood = Object.entries(given).map(([name, text]) => [name, readers[name](text)]);
process.stdout.write(JSON.stringify(Object.fromEntries(understood)));
