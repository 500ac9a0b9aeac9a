// Asks a running `tupu serve` with Comunica and checks that it is told what `tupu query` says.
//
//     npm install @comunica/query-sparql@3
//     node tests/serve.mjs MODULES ENDPOINT TUPU KG
//
// MODULES is the folder that has node_modules in it, ENDPOINT the address of SPARQL, TUPU the program, KG the workspace that
// is served. Exits with 1 and a message where something differs.

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

const [modules, endpoint, tupu, folder] = process.argv.slice(2);
const fail = (message) => {
  console.error(message.slice(0, 1000));
  process.exit(1);
};
if (!folder) fail("usage: node tests/serve.mjs MODULES ENDPOINT TUPU KG");
const { QueryEngine } = createRequire(path.resolve(modules, "from.js"))("@comunica/query-sparql");

const prefixes = "PREFIX tupu: <https://w3id.org/tupu/ontology#> ";
const selects = [
  `SELECT ?fact ?name ?day { ?fact a tupu:Fact ; tupu:involves/tupu:name ?name OPTIONAL { ?fact tupu:from ?day } }
   ORDER BY ?fact ?name`,
  "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
  "SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }",
];
const said = (query, format) =>
  execFileSync(tupu, ["query", "-e", query, "--format", format, "--kg", folder], { encoding: "utf8", maxBuffer: 1 << 28 });

// A term of RDF/JS as SPARQL's JSON writes it.
const json = (term) => {
  if (term.termType === "NamedNode") return { type: "uri", value: term.value };
  const { value, language, datatype } = term;
  if (language) return { type: "literal", value, "xml:lang": language };
  const plain = datatype.value === "http://www.w3.org/2001/XMLSchema#string";
  return plain ? { type: "literal", value } : { type: "literal", value, datatype: datatype.value };
};

const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: endpoint }] };
for (const query of selects.map((text) => prefixes + text)) {
  const bindings = await (await engine.queryBindings(query, context)).toArray();
  const found = bindings.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, json(term)])));
  const expected = JSON.parse(said(query, "json")).results.bindings;
  if (found.length !== expected.length) fail(`${query}: ${found.length} rows instead of ${expected.length}`);
  const at = found.findIndex((row, nth) => !isDeepStrictEqual(row, expected[nth]));
  if (at >= 0) fail(`${query}: ${JSON.stringify(found[at])} instead of ${JSON.stringify(expected[at])}`);
}
for (const [query, expected] of [["ASK { ?x a tupu:Fact }", true], ["ASK { ?x a tupu:Nothing }", false]]) {
  if ((await engine.queryBoolean(prefixes + query, context)) !== expected) fail(`${query} is not ${expected}`);
}
const construct = `${prefixes}CONSTRUCT { ?x tupu:name ?name } { ?x tupu:name ?name }`;
const quads = await (await engine.queryQuads(construct, context)).toArray();
const lines = new Set(said(construct, "ntriples").split("\n").filter(Boolean));
if (quads.length !== lines.size) fail(`${construct}: ${quads.length} triples instead of ${lines.size}`);
const refused = await engine.queryVoid(`${prefixes}INSERT DATA { <http://a/> tupu:name "b" }`, { ...context, destination: context.sources[0] }).then(
  () => false,
  () => true,
);
if (!refused) fail("an update is taken");
