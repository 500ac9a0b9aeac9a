import type { ElementDefinition } from 'cytoscape';
import type { Graph, GraphEdge, GraphNode } from '../api';
import { label, t } from '../i18n';
import { entityTypes, factTypes, schema } from '../server';
import { letters } from './labels';
import { COMMUNITIES, LESSER, reach } from './shapes';
import type { GraphState, Size } from './state';

/** Radii in pixels of the least and the greatest node. */
const [LEAST, GREATEST] = [8, 27];
/** The radius of a fact, which is drawn as a bar. */
const FACT = 10;

/** The value that a node's size shows. */
export function value(node: GraphNode, size: Size): number {
  return node[size] ?? 0;
}

/** What an edge is called, in the page's language. */
export function relation(edge: Pick<GraphEdge, 'property' | 'label'>): string {
  const known = schema.value?.relations[edge.property] ?? factTypes.value.get(edge.property)?.label ?? schema.value?.roles[edge.property];
  return label(known, edge.label);
}

/** What the type of a node is called. */
export function typeName(node: { type: string; fact?: boolean }): string {
  const kind = node.fact ? factTypes.value.get(node.type) : entityTypes.value.get(node.type);
  return label(kind?.label, node.type);
}

/** A name cut to what a picture has room for. */
function cut(name: string, most = 14): string {
  const letters = [...name];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
}

/** Whether a fact did not happen, or not yet. */
export function isUnreal(node: GraphNode): boolean {
  return node.fact && node.status !== undefined && node.status !== 'positive actual';
}

/** What Cytoscape is to draw, with data that its stylesheet reads. */
export function elements(graph: Graph, state: GraphState): ElementDefinition[] {
  const entities = graph.nodes.filter((node) => !node.fact);
  const most = Math.max(1e-9, ...entities.map((node) => value(node, state.size)));
  const nodes = graph.nodes.map((node) => ({ group: 'nodes' as const, data: nodeData(node, state, most), classes: isUnreal(node) ? 'unreal' : '' }));
  const edges = graph.edges.map((edge) => ({
    group: 'edges' as const,
    data: {
      id: edge.id,
      source: edge.source,
      target: edge.target,
      words: `${relation(edge)}${edge.facts.length > 1 ? ` ×${edge.facts.length}` : ''}`,
      // As in exported pictures: four times as many facts make it twice as wide, up to five times.
      width: Math.min(6.5, 1.3 * Math.sqrt(Math.max(1, edge.facts.length))),
      font: 9,
      halo: 1.5,
    },
    classes: graph.directed ? 'directed' : '',
  }));
  return [...nodes, ...edges];
}

function nodeData(node: GraphNode, state: GraphState, most: number) {
  const kind = entityTypes.value.get(node.type);
  const share = Math.sqrt(value(node, state.size) / most);
  const radius = node.fact ? FACT : LEAST + (GREATEST - LEAST) * share;
  const style = node.fact ? schema.value?.fact_style : kind;
  const shape = style?.shape ?? 'circle';
  const side = Math.round(2 * radius * reach(shape) * 10) / 10;
  const community = node.community ?? 0;
  const words = node.fact ? typeName(node) : cut(node.label);
  return {
    id: node.id,
    words,
    side,
    shape,
    radius,
    // In pixels on the screen; `labels.ts` makes the size in the picture of it.
    size: node.fact ? 10 : Math.round(11 + 4 * share),
    font: 11,
    halo: 2,
    fill: state.colour === 'community' ? (COMMUNITIES[community - 1] ?? LESSER) : (style?.colour ?? LESSER),
    hidden: node.hidden,
    // Of two names that cover each other the one that is more joined is above.
    depth: Math.round(share * 100),
  };
}

/** How much room a node takes with its name below it. */
export function room(element: ElementDefinition): { width: number; height: number } {
  const { side, size: font, words } = element.data as ReturnType<typeof nodeData>;
  const wide = letters(words) * font;
  return { width: Math.max(side, Math.min(wide, 130)) + 8, height: side + font * 1.3 + 8 };
}

/** In a few words what a node is, for those who do not see the picture. */
export function described(node: GraphNode): string {
  return t(
    `${typeName(node)} ${node.name}，相连 ${node.degree}，未显示 ${node.hidden}`,
    `${typeName(node)} ${node.name}, joined with ${node.degree}, ${node.hidden} of them not shown`,
  );
}
