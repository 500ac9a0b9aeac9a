import type { Point } from '../state';

/** A node to be placed: how wide and high it is with its name. */
export interface Box {
  id: string;
  width: number;
  height: number;
  /** Where it stands now, if it is to stay there. */
  at?: Point;
}

export interface Task {
  layout: 'force' | 'concentric' | 'hierarchy' | 'circle' | 'grid';
  nodes: Box[];
  /** Pairs of places in `nodes`. */
  edges: [number, number][];
  /** Width by height of what it is to fill. */
  ratio: number;
}

/** A generator of the numbers in [0, 1) that always come in the same order (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** For each node its neighbours, each once. */
export function neighbours(task: Task): number[][] {
  const sets = task.nodes.map(() => new Set<number>());
  for (const [from, to] of task.edges) if (from !== to) (sets[from]?.add(to), sets[to]?.add(from));
  return sets.map((set) => [...set]);
}

/** The nodes that hang together, the largest part first. */
export function components(task: Task): number[][] {
  const near = neighbours(task);
  const seen = new Set<number>();
  const parts: number[][] = [];
  task.nodes.forEach((_, start) => {
    if (seen.has(start)) return;
    const part = [start];
    seen.add(start);
    for (let at = 0; at < part.length; at += 1)
      for (const next of near[part[at] as number] ?? []) if (!seen.has(next)) (seen.add(next), part.push(next));
    parts.push(part);
  });
  return parts.sort((one, other) => other.length - one.length || (one[0] as number) - (other[0] as number));
}

/**
 * Pushes apart what overlaps, those that have a place to stay (`at`) excepted. Nodes are looked up in squares, so that
 * each is only held against those near it.
 */
export function separate(nodes: Box[], places: Point[], rounds = 40): void {
  const side = Math.max(60, ...nodes.map((node) => Math.max(node.width, node.height)));
  for (let round = 0; round < rounds; round += 1) {
    const squares = new Map<string, number[]>();
    places.forEach(({ x, y }, node) => {
      const key = `${Math.floor(x / side)},${Math.floor(y / side)}`;
      (squares.get(key) ?? squares.set(key, []).get(key))?.push(node);
    });
    let moved = false;
    places.forEach((one, a) => {
      const [column, row] = [Math.floor(one.x / side), Math.floor(one.y / side)];
      for (let dx = -1; dx <= 1; dx += 1)
        for (let dy = -1; dy <= 1; dy += 1)
          for (const b of squares.get(`${column + dx},${row + dy}`) ?? []) if (b > a && part(nodes, places, a, b)) moved = true;
    });
    if (!moved) return;
  }
}

/** Moves two apart by the shorter way, if they overlap. */
function part(nodes: Box[], places: Point[], a: number, b: number): boolean {
  const [one, other] = [places[a] as Point, places[b] as Point];
  const [boxA, boxB] = [nodes[a] as Box, nodes[b] as Box];
  if (boxA.at && boxB.at) return false;
  const across = (boxA.width + boxB.width) / 2 - Math.abs(other.x - one.x);
  const down = (boxA.height + boxB.height) / 2 - Math.abs(other.y - one.y);
  if (across <= 0 || down <= 0) return false;
  const share = boxA.at ? 0 : boxB.at ? 1 : 0.5;
  if (across < down) {
    const by = (other.x < one.x ? -1 : 1) * (across + 1);
    (one.x -= by * share), (other.x += by * (1 - share));
  } else {
    const by = (other.y < one.y ? -1 : 1) * (down + 1);
    (one.y -= by * share), (other.y += by * (1 - share));
  }
  return true;
}
