/**
 * What the server says. `src/serve/api/` in the repository writes it, and `GET /api` describes it in OpenAPI.
 *
 * Ids are IRIs as tables show them (`org/泰坦科技有限公司`, `fact/6f1d…`, `doc/…`). Offsets are UTF-16 code units,
 * half-open, so that `text.slice(start, end)` gives the words.
 */

export interface Label {
  zh: string;
  en: string;
}

export interface Status {
  state: 'loading' | 'ready' | 'failed';
  error?: string;
  version: string;
  workspace: string;
  base: string;
  /** Whether decisions may be made. */
  review: boolean;
  documents: number;
  entities: number;
  facts: number;
}

// --- /api/schema

export interface EntityType {
  name: string;
  label: Label;
  /** `#rrggbb`, the same as in exported pictures. */
  colour: string;
  /** Colour of words upon it. */
  ink: string;
  /** circle, hexagon, square, triangle, diamond, pentagon, star, cross. */
  shape: string;
}

export interface Role {
  name: string;
  label: Label;
}

export interface FactType {
  name: string;
  label: Label;
  about: Label;
  roles: Role[];
  /** How many facts of it there are. */
  count: number;
}

/** A term for the completion of SPARQL: `tupu:Donation`. */
export interface Term {
  name: string;
  label: Label;
  kind: 'class' | 'property';
}

export interface Schema {
  entity_types: EntityType[];
  /** How a fact is drawn where facts are nodes. */
  fact_style: { label: Label; colour: string; ink: string; shape: string };
  fact_types: FactType[];
  /** Labels of the direct relations, by property. */
  relations: Record<string, Label>;
  /** Labels of all roles, by name. */
  roles: Record<string, Label>;
  /** Prefix and namespace, as queries may use them without declaring them. */
  prefixes: [string, string][];
  terms: Term[];
}

// --- /api/suggest?q=&types=&limit=

export interface Suggestion {
  id: string;
  name: string;
  type: string;
  mentions: number;
  /** In how many facts it takes part. */
  facts: number;
  /** The other name that was matched, where it is not `name`. */
  matched?: string;
}

// --- /api/graph?…

export type NetworkKind = 'direct' | 'actors' | 'items' | 'facts';

/** Which of the graph: all parameters of `/api/graph`, `/api/timeline`, `/api/path`, `/api/export/…` that choose. */
export interface Choice {
  network: NetworkKind;
  /** Entity types; all where empty. */
  types: string[];
  /** Fact types; all where empty. */
  facts: string[];
  /** YYYY-MM-DD; facts without a day are left out where either is given. */
  from: string;
  to: string;
  min_confidence: number;
  min_evidence: number;
  isolated: boolean;
}

/** What of the chosen network is shown. */
export interface Shown {
  /** The most connected so many; 0 for none. */
  top: number;
  /** Entities that are shown anyway. */
  nodes: string[];
  /** Entities whose neighbours are shown, the most connected 60 of each. */
  expand: string[];
  /** Entities that are not shown, whatever else says so. */
  hide: string[];
  /** Only one community. */
  community: number;
}

export interface GraphNode {
  id: string;
  /** The shortest name that serves in a picture. */
  label: string;
  name: string;
  /** Entity type, or fact type where `fact`. */
  type: string;
  fact: boolean;
  /** Of a fact: `positive actual`, `positive planned` … */
  status?: string;
  mentions: number;
  /** Measures on the whole chosen network. */
  degree: number;
  weighted_degree: number;
  page_rank: number;
  /** Left out where the network is so large that it would take long. */
  betweenness?: number;
  community?: number;
  /** How many neighbours are not shown. */
  hidden: number;
}

export interface GraphEdge {
  /** `source|property|target`: the same in every answer. */
  id: string;
  source: string;
  target: string;
  /** `donated`; a fact type where the network is actors or items; a role where it is facts. */
  property: string;
  /** In Chinese; `Schema` has it in English. */
  label: string;
  /** Ids of the facts behind it. */
  facts: string[];
  documents: number;
  confidence?: number;
  first?: string;
  last?: string;
}

export interface Graph {
  directed: boolean;
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Of the whole chosen network. */
  total: { nodes: number; edges: number; facts: number; communities: number };
  /** Ids that were asked for and that the chosen network does not have. */
  missing: string[];
}

// --- /api/facts?ids=…&entity=&offset=&limit= and the parameters of Choice: by type, day and id, of a period the
// shortest first, planned and denied ones too;
// `types` and `network` make no difference to it

export interface EntityRef {
  id: string;
  name: string;
  type: string;
}

export interface Quantity {
  value: number;
  unit?: string;
  currency?: string;
  bound?: 'over' | 'about' | 'under';
  /** As tables show it: `>150000 只`. */
  text: string;
}

export interface Filler {
  role: string;
  entity?: EntityRef;
  /** As the document has the words, where they differ from the entity's name. */
  words?: string;
  quantity?: Quantity;
  /** A text or a time. */
  value?: string;
  /** Whether the words stand outside the evidence. */
  elided: boolean;
}

/** Words in the document's text. */
export interface Mark {
  start: number;
  end: number;
  /** `trigger`, or the role that the words fill; `quantity` for an amount of an entity. */
  role: string;
}

export interface Evidence {
  /** In the document. */
  start: number;
  end: number;
  text: string;
  /** Offsets into `text`, sorted, none within another. */
  marks: Mark[];
  /** Whether it tells the fact again. */
  also: boolean;
}

export interface DocumentRef {
  id: string;
  title?: string;
  published?: string;
  source?: string;
  url?: string;
}

export interface Fact {
  id: string;
  type: string;
  /** In Chinese: `泰坦科技有限公司 捐赠 口罩`. */
  label: string;
  polarity: 'positive' | 'negative';
  modality: 'actual' | 'planned' | 'possible';
  confidence?: number;
  /** Which rule, model or person says so. */
  by?: string;
  first?: string;
  last?: string;
  roles: Filler[];
  document: DocumentRef;
  reprints: number;
  evidence: Evidence[];
  /** The decision that keeps it. */
  decision?: string;
}

export interface Facts {
  facts: Fact[];
  /** How many there are, of which `facts` are the first. */
  total: number;
}

// --- /api/path?source=ID&target=ID&k= and the parameters of Choice; either may stand several times, of several entities of
// one name all are taken

/** A way from one entity to another: `nodes[i]` and `nodes[i + 1]` are joined by `hops[i]`. */
export interface Path {
  nodes: EntityRef[];
  hops: Hop[];
}

export interface Hop {
  relations: { property: string; label: string; direction: 'forward' | 'back' | 'both' }[];
  facts: Fact[];
}

export interface Paths {
  paths: Path[];
  /** How many entities bear the name, where more than one does. */
  from: EntityRef[];
  to: EntityRef[];
}

// --- /api/timeline?entity= and the parameters of Choice; planned and denied facts count

export interface Timeline {
  /** Sorted by day; the first day of facts that last. `counts` by fact type. */
  days: { day: string; count: number; counts: Record<string, number> }[];
  undated: number;
}

// --- /api/entity?id=

export interface Entity {
  id: string;
  iri: string;
  name: string;
  type: string;
  /** Other names: in documents and lists. */
  names: string[];
  mentions: number;
  documents: DocumentRef[];
  /** What it falls under or is a unit of, the next wider first. */
  wider: EntityRef[];
  unit_of?: EntityRef;
  /** What falls under it, or are its units. */
  narrower: EntityRef[];
  /** IRIs elsewhere. */
  same_as: string[];
  /** Number of facts by fact type. */
  facts: Record<string, number>;
  /** Ids of decisions about it. */
  decisions: string[];
}

// --- /api/documents?q=&offset=&limit=&sort=published|title|facts|id (all words of q, in title or text), /api/document?id= (of a
// reprint: the document that it repeats)

export interface DocumentSummary extends DocumentRef {
  author?: string;
  /** Code points of the text. */
  length: number;
  entities: number;
  facts: number;
  reprints: number;
  /** Words around what was searched for. */
  snippet?: { text: string; marks: { start: number; end: number }[] };
}

export interface Documents {
  documents: DocumentSummary[];
  total: number;
}

export interface Mention {
  start: number;
  end: number;
  entity: EntityRef;
}

export interface Document extends DocumentRef {
  author?: string;
  text: string;
  /** Sorted; the longer first where two begin together. They may lie within each other. */
  mentions: Mention[];
  /** Their evidence has offsets into `text`; `marks` are relative to the evidence. */
  facts: Fact[];
  reprints: DocumentRef[];
}

// --- POST /api/annotate {text, title?, published?}: the text is `text`, its entities are `Organization:上海大学` (`Person:李明-2`
// the second of a name), its facts `f1` …; nothing of it is in the graph

export interface Token {
  start: number;
  end: number;
  pos: string;
}

export interface Annotated extends Document {
  tokens: Token[];
}

// --- /api/queries, /api/queries/NAME?param=…, POST /api/query {query}

export interface SavedQuery {
  name: string;
  title: string;
  about: string;
  params: { name: string; about: string; default?: string }[];
  text: string;
}

export interface Cell {
  /** The name of an entity; of other terms what tables show: `fact/6f1d…`, `tupu:Donation`. */
  text: string;
  kind: 'entity' | 'fact' | 'document' | 'iri' | 'literal';
  /** Of an entity, fact or document. */
  id?: string;
  /** Of an IRI. */
  iri?: string;
}

export type Answer =
  | { kind: 'table'; columns: string[]; rows: (Cell | null)[][]; truncated: boolean; ms: number }
  | { kind: 'boolean'; value: boolean; ms: number }
  | { kind: 'triples'; turtle: string; count: number; truncated: boolean; ms: number };

// --- GET /api/review, POST /api/review (only with --review)

export interface Candidate {
  one: EntityRef;
  other: EntityRef;
  score: number;
  /** `one name`, `short name`, `legal form`, `one of several`, `one identifier`. */
  why: string;
  /** What the documents of both speak of, the most telling first. */
  shared: EntityRef[];
  /** How many pairs there are of the same names, of which this is the likeliest. */
  pairs: number;
  /** Where each is mentioned first: `document` by id, and the words around the mention. */
  places: { document: string; text: string }[];
}

export interface Decision {
  id: string;
  /** One line: `merge 泰坦科技 + 上海泰坦科技股份有限公司`. */
  act: string;
  reason: string;
  date: string;
  /** Why it does not apply, where it does not. */
  unapplied?: string;
}

/** GET /api/review?name=&types=&offset=&limit= */
export interface Review {
  candidates: Candidate[];
  /** How many candidates there are. */
  total: number;
  /** All that stand, by date. */
  decisions: Decision[];
}

/** POST /api/review {act…, reason, date}: answered when the graph is the one that follows; 409 where it does not apply. */
export interface Made {
  /** The decision's id. */
  id: string;
  act: string;
  /** Decisions that rested on one that was taken back, and no longer apply: a line each. */
  loosened: string[];
}

/** What can be decided; entities and facts by id. */
export type Act =
  | { act: 'merge'; entities: string[] }
  | { act: 'split'; entity: string; names: string[]; documents: string[] }
  | { act: 'distinguish'; entities: [string, string] }
  | { act: 'rename'; entity: string; to: string }
  | { act: 'retype'; entity: string; to: string }
  | { act: 'accept' | 'reject'; fact: string }
  | { act: 'undo'; decision: string };

/** What is posted to `/api/review`: an act with why, and its day (YYYY-MM-DD). */
export type Deed = Act & { reason: string; date: string };

/** What went wrong, in one line. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Value = string | number | boolean | string[] | undefined;

/** `name=value&…`: lists as one parameter each, what is empty left out. */
export function search(parameters: Record<string, Value>): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) value.forEach((one) => out.append(name, one));
    else if (value !== undefined && value !== '' && value !== false) out.set(name, String(value));
  }
  return out.toString();
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'tupu serve 没有回应 · tupu serve does not answer');
  }
  const body: unknown = await response.json().catch((error: unknown) => {
    if (init?.signal?.aborted) throw error;
    return undefined;
  });
  if (response.ok) return body as T;
  const message = (body as { error?: string } | undefined)?.error ?? response.statusText;
  throw new ApiError(response.status, message);
}

export function get<T>(name: string, parameters: Record<string, Value> = {}, signal?: AbortSignal): Promise<T> {
  const query = search(parameters);
  return ask<T>(`/api/${name}${query && '?'}${query}`, signal ? { signal } : {});
}

export function post<T>(name: string, body: unknown): Promise<T> {
  return ask<T>(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
