import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Point } from '../state';
import { components, neighbours, seeded, separate, type Task } from './geometry';
import { join } from './join';
import { pack } from './pack';

cytoscape.use(fcose);

/** Where each node of a task stands: the same for the same task. */
export function arrange(task: Task): Point[] {
  if (task.layout === 'force' && task.nodes.some(({ at }) => at)) return join(task);
  const random = Math.random;
  Math.random = seeded(20200127);
  try {
    return task.layout === 'force' || task.layout === 'hierarchy' ? apart(task) : regular(task);
  } finally {
    Math.random = random;
  }
}

const HIERARCHY = { name: 'breadthfirst', avoidOverlap: true, directed: false, spacingFactor: 1 };

/** Each part that hangs together by itself, then all of them side by side. */
function apart(task: Task): Point[] {
  const places: Point[] = task.nodes.map(() => ({ x: 0, y: 0 }));
  const parts = components(task);
  const near = neighbours(task);
  for (const part of parts) {
    if (task.layout === 'force' && star(part, near, places)) {
      // A hub and its spokes need no more.
    } else if (part.length > 1) {
      const found = run(task, part, task.layout === 'hierarchy' ? HIERARCHY : {
        name: 'fcose',
        quality: part.length > 600 ? 'default' : 'proof',
        randomize: true,
        packComponents: false,
        tile: false,
        nodeSeparation: 90,
        sampleSize: Math.min(25, part.length),
        nodeRepulsion: () => 6000,
        idealEdgeLength: () => 72,
        gravity: 0.3,
        numIter: part.length > 600 ? 900 : 1500,
      });
      const own = part.map((node) => task.nodes[node] as Task['nodes'][0]);
      separate(own, found);
      part.forEach((node, at) => (places[node] = found[at] as Point));
    }
  }
  pack(task, parts, places);
  return places;
}

/** Places a part that is one node with others around it, if it is that. */
function star(part: number[], near: number[][], places: Point[]): boolean {
  const ties = (node: number) => near[node]?.length ?? 0;
  const [hub, ...spokes] = [...part].sort((one, other) => ties(other) - ties(one) || one - other);
  if (hub === undefined || spokes.length > 14 || ties(hub) !== spokes.length || spokes.some((node) => ties(node) > 1)) return false;
  const far = Math.max(78, spokes.length * 13);
  spokes.forEach((node, at) => {
    const turn = ((at + 0.1) / spokes.length) * 2 * Math.PI;
    // Names are wider than high.
    places[node] = { x: Math.cos(turn) * far * 1.2, y: Math.sin(turn) * far };
  });
  return true;
}

/** The layouts that follow a rule. */
function regular(task: Task): Point[] {
  const all = task.nodes.map((_, node) => node);
  const spacing = { avoidOverlap: true, nodeDimensionsIncludeLabels: false };
  // On circles names would keep nodes too far apart.
  const slim = { ...task, nodes: task.nodes.map((node) => ({ ...node, width: Math.min(node.width, node.height) })) };
  const side = Math.sqrt(task.nodes.length) * 110;
  const boundingBox = { x1: 0, y1: 0, w: side * Math.sqrt(task.ratio), h: side / Math.sqrt(task.ratio) };
  switch (task.layout) {
    case 'concentric':
      return run(slim, all, {
        name: 'concentric', ...spacing, boundingBox, minNodeSpacing: 12,
        concentric: (node) => Math.log2(1 + node.degree(false)),
        levelWidth: () => 1,
      });
    case 'circle':
      return run(slim, all, { name: 'circle', ...spacing, boundingBox });
    default:
      return run(task, all, { name: 'grid', ...spacing, boundingBox, condense: false });
  }
}

/** Runs a layout of Cytoscape on some of the nodes, without a picture. */
function run(task: Task, part: number[], layout: cytoscape.LayoutOptions & Record<string, unknown>): Point[] {
  const inside = new Set(part);
  const cy = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { width: 'data(width)', height: 'data(height)', shape: 'rectangle' } }],
    elements: [
      ...part.map((node) => ({ data: { id: String(node), width: task.nodes[node]?.width, height: task.nodes[node]?.height } })),
      ...task.edges
        .filter(([from, to]) => inside.has(from) && inside.has(to))
        .map(([from, to], at) => ({ data: { id: `e${at}`, source: String(from), target: String(to) } })),
    ],
  });
  cy.layout({ ...layout, animate: false, fit: false } as cytoscape.LayoutOptions).run();
  const places = part.map((node) => ({ ...cy.getElementById(String(node)).position() }));
  cy.destroy();
  return places;
}
