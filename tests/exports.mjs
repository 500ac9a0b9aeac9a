// Loads what `tupu export` wrote of networks in programs of JavaScript and checks that nothing was lost on the way.
//
//     npm install cytoscape graphology graphology-gexf @neo4j-cypher/language-support@2.0.0-next.38
//     node tests/exports.mjs MODULES FOLDER...
//
// MODULES is the folder that has node_modules in it, each FOLDER is one of tests/exports.py. The JSON is what Cytoscape.js
// and, for GEXF, graphology are held against; where there is a folder `neo4j`, Neo4j's own parser checks the script, in both
// dialects of Cypher. Exits with 1 and a message where something differs.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

const [modules, ...folders] = process.argv.slice(2);
const fail = (message) => {
  console.error(message.slice(0, 1000));
  process.exit(1);
};
if (!folders.length) fail("usage: node tests/exports.mjs MODULES FOLDER...");
const require = createRequire(path.resolve(modules, "from.js"));
const cytoscape = require("cytoscape");
const { MultiDirectedGraph, MultiUndirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");
const { lintCypherQuery } = require("@neo4j-cypher/language-support");

// Whether two sets of elements are the same, by their ids.
const same = (what, found, expected) => {
  for (const id of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    if (!isDeepStrictEqual(found[id], expected[id])) {
      fail(`${what}: ${JSON.stringify(found[id])} instead of ${JSON.stringify(expected[id])}`);
    }
  }
};
const byId = (elements) => Object.fromEntries(elements.map(({ data }) => [data.id, data]));

const checkJson = (json) => {
  const graph = cytoscape({ headless: true, ...json });
  for (const sort of ["nodes", "edges"]) {
    const found = byId(graph[sort]().map((element) => ({ data: element.data() })));
    same(`${sort} in Cytoscape.js`, found, byId(json.elements[sort]));
  }
  if (!graph.edges().every((edge) => edge.source().id() === edge.data("source"))) fail("an edge begins elsewhere");
};

// GEXF has no characters that XML has not.
const forbidden = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const inXml = (value) => (typeof value === "string" ? value.replace(forbidden, "") : value);
const clean = ({ data }) => ({ data: Object.fromEntries(Object.entries(data).map(([name, v]) => [name, inXml(v)])) });

const checkGexf = (text, json) => {
  const Graph = json.directed ? MultiDirectedGraph : MultiUndirectedGraph;
  const parsed = gexf.parse(Graph, text, { respectInputGraphType: true });
  const nodes = parsed.mapNodes((id, values) => ({ data: { id, value: id, ...values } }));
  const edges = parsed.mapEdges((id, { kind, ...values }, source, target) => {
    if (kind !== values.interaction) fail(`the kind of ${id} is ${kind}`);
    return { data: { id, key: id, source, target, ...values } };
  });
  same("nodes in graphology", byId(nodes), byId(json.elements.nodes.map(clean)));
  same("edges in graphology", byId(edges), byId(json.elements.edges.map(clean)));
};

const faults = (statement) => lintCypherQuery(statement, {}).diagnostics;
const checkCypher = (script) => {
  const statements = script.replace(/^\/\/.*\n/gm, "").split(/;\n/);
  for (const statement of statements.filter((text) => text.trim())) {
    for (const dialect of ["CYPHER 5", "CYPHER 25"]) {
      const found = faults(`${dialect} ${statement};`);
      if (found.length) fail(`${dialect}: ${found[0].message} in ${statement}`);
    }
  }
};
if (!faults("MATCH (n RETURN n;").length) fail("the parser of Cypher finds nothing wrong");

for (const folder of folders) {
  const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
  const json = JSON.parse(read("cytoscape"));
  const said = ["JSON in Cytoscape.js", "GEXF in graphology"];
  checkJson(json);
  checkGexf(read("gexf"), json);
  if (fs.existsSync(path.join(folder, "neo4j"))) {
    checkCypher(read("neo4j/load.cypher"));
    said.push("Cypher in Neo4j's parser");
  }
  const { nodes, edges } = json.elements;
  console.log(`${folder}: ${nodes.length} nodes and ${edges.length} edges are the same: ${said.join(", ")}`);
}
