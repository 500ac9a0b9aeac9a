// Loads what `tupu export` wrote of one network in programs of JavaScript and checks that nothing was lost on the way.
//
//     npm install cytoscape graphology graphology-gexf @neo4j-cypher/language-support@2.0.0-next.38
//     node tests/exports.mjs FOLDER MODULES
//
// FOLDER is that of tests/exports.py, MODULES the folder that has node_modules in it. The JSON is what Cytoscape.js and, for
// GEXF, graphology are held against; where there is a folder `neo4j`, Neo4j's own parser checks the script, as its two
// dialects of Cypher have it. Exits with 1 and a message where something differs.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

const [folder, modules] = process.argv.slice(2);
if (!modules) {
  console.error("usage: node tests/exports.mjs FOLDER MODULES");
  process.exit(1);
}
const require = createRequire(path.resolve(modules, "from.js"));
const cytoscape = require("cytoscape");
const { MultiDirectedGraph, MultiUndirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");

const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const json = JSON.parse(read("cytoscape"));
const fail = (message) => {
  console.error(message.slice(0, 1000));
  process.exit(1);
};
// Whether two sets of elements are the same, by their ids.
const same = (what, found, expected) => {
  for (const id of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    if (!isDeepStrictEqual(found[id], expected[id])) {
      fail(`${what}: ${JSON.stringify(found[id])} instead of ${JSON.stringify(expected[id])}`);
    }
  }
};
const byId = (elements) => Object.fromEntries(elements.map(({ data }) => [data.id, data]));

// Elements in Cytoscape.js.
const graph = cytoscape({ headless: true, ...json });
for (const sort of ["nodes", "edges"]) {
  const found = byId(graph[sort]().map((element) => ({ data: element.data() })));
  same(`${sort} in Cytoscape.js`, found, byId(json.elements[sort]));
}
if (!graph.edges().every((edge) => edge.source().id() === edge.data("source"))) fail("an edge begins elsewhere");

// GEXF has no characters that XML has not, and graphology no attributes that are empty.
const forbidden = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const inXml = (value) => (typeof value === "string" ? value.replace(forbidden, "") : value);
const Graph = json.directed ? MultiDirectedGraph : MultiUndirectedGraph;
const parsed = gexf.parse(Graph, read("gexf"), { respectInputGraphType: true });
const nodes = parsed.mapNodes((id, values) => ({ data: { id, value: id, ...values } }));
const edges = parsed.mapEdges((id, { kind, ...values }, source, target) => {
  if (kind !== values.interaction) fail(`the kind of ${id} is ${kind}`);
  return { data: { id, key: id, source, target, ...values } };
});
for (const [sort, found] of Object.entries({ nodes, edges })) {
  const clean = ({ data }) => ({ data: Object.fromEntries(Object.entries(data).map(([name, v]) => [name, inXml(v)])) });
  same(`${sort} in graphology`, byId(found), byId(json.elements[sort].map(clean)));
}

const said = ["JSON in Cytoscape.js", "GEXF in graphology"];
if (fs.existsSync(path.join(folder, "neo4j"))) {
  const { lintCypherQuery } = require("@neo4j-cypher/language-support");
  const faults = (text) => lintCypherQuery(text, {}).diagnostics;
  const script = read("neo4j/load.cypher").replace(/^\/\/.*\n/gm, "");
  for (const statement of script.split(/;\n/).filter((text) => text.trim())) {
    for (const dialect of ["CYPHER 5", "CYPHER 25"]) {
      const found = faults(`${dialect} ${statement};`);
      if (found.length) fail(`${dialect}: ${found[0].message} in ${statement}`);
    }
  }
  if (!faults("MATCH (n RETURN n;").length) fail("the parser of Cypher finds nothing wrong");
  said.push("Cypher in Neo4j's parser");
}
console.log(`${folder}: ${nodes.length} nodes and ${edges.length} edges are the same: ${said.join(", ")}`);
