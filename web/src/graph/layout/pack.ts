import type { Point } from '../state';
import type { Task } from './geometry';

const CELL = 26;

/**
 * Stands the parts of a graph together: each as near the middle as it fits without covering what stands there. What a part
 * covers is told by squares, so that small parts fill the bays of large ones. `places` are those within each part, and
 * become those in the whole.
 */
export function pack(task: Task, parts: number[][], places: Point[]): void {
  const taken = new Set<number>();
  const key = (column: number, row: number) => (column + 4096) * 8192 + (row + 4096);
  const spots = spiral(parts.length, task);
  const from = new Map<string, number>();
  for (const part of parts) {
    const cells = covered(task, part, places);
    const shape = part.length < 3 ? cells.map(([x, y]) => `${x},${y}`).join(' ') : '';
    // A part of the same shape found all spots before this taken.
    let at = shape ? (from.get(shape) ?? 0) : 0;
    while (at < spots.length - 1 && cells.some(([x, y]) => taken.has(key(x + (spots[at]?.[0] ?? 0), y + (spots[at]?.[1] ?? 0))))) at += 1;
    from.set(shape, at);
    const [column, row] = spots[at] as [number, number];
    for (const [x, y] of cells) taken.add(key(x + column, y + row));
    for (const node of part) {
      const place = places[node] as Point;
      place.x += column * CELL;
      place.y += row * CELL;
    }
  }
}

/** The squares that a part covers with its nodes and edges, and a margin of one around it; its middle is (0, 0). */
function covered(task: Task, part: number[], places: Point[]): [number, number][] {
  const inside = new Set(part);
  const own = part.map((node) => places[node] as Point);
  const [x, y] = [own.map((p) => p.x), own.map((p) => p.y)].map((all) => (Math.min(...all) + Math.max(...all)) / 2) as [number, number];
  for (const place of own) (place.x -= x), (place.y -= y);
  const found = new Map<string, [number, number]>();
  const cover = (left: number, right: number, top: number, bottom: number) => {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1)
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) found.set(`${column},${row}`, [column, row]);
  };
  for (const node of part) {
    const [place, box] = [places[node] as Point, task.nodes[node]];
    const [w, h] = [(box?.width ?? 0) / 2 + CELL / 2, (box?.height ?? 0) / 2 + CELL / 2];
    cover(place.x - w, place.x + w, place.y - h, place.y + h);
  }
  for (const [one, other] of task.edges) {
    if (!inside.has(one)) continue;
    const [a, b] = [places[one] as Point, places[other] as Point];
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / CELL);
    for (let step = 1; step < steps; step += 1) {
      const [px, py] = [a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps];
      cover(px, px, py, py);
    }
  }
  return [...found.values()];
}

/** Squares around the middle, the nearest first, in a field of the wanted proportions that surely has room. */
function spiral(parts: number, task: Task): [number, number][] {
  const area = task.nodes.reduce((sum, { width, height }) => sum + (width / CELL + 2) * (height / CELL + 2), 0) * 4 + parts * 4;
  const half = Math.min(1000, Math.ceil(Math.sqrt(area * task.ratio) / 2) + 8);
  const high = Math.min(1000, Math.ceil(half / task.ratio) + 8);
  const spots: [number, number][] = [];
  for (let column = -half; column <= half; column += 1) for (let row = -high; row <= high; row += 1) spots.push([column, row]);
  const far = ([x, y]: [number, number]) => (x / task.ratio) ** 2 + y ** 2;
  return spots.sort((one, other) => far(one) - far(other) || one[0] - other[0] || one[1] - other[1]);
}
