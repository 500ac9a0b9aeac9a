import type { Point } from '../state';
import { neighbours, separate, type Task } from './geometry';

const TURN = Math.PI * (3 - Math.sqrt(5));
const LENGTH = 95;

/**
 * Places new nodes among those that stay where they are: each around its neighbours, then drawn to them and pushed off all
 * others for a while.
 */
export function join(task: Task): Point[] {
  const near = neighbours(task);
  const places: (Point | undefined)[] = task.nodes.map(({ at }) => at && { ...at });
  const fixed = places.filter((place) => place !== undefined);
  const bottom = Math.max(0, ...fixed.map(({ y }) => y));
  const left = Math.min(...fixed.map(({ x }) => x), 0);
  let alone = 0;
  // Those next to what has a place come first, then those next to them.
  const waiting = new Set(task.nodes.flatMap((node, at) => (node.at ? [] : [at])));
  while (waiting.size) {
    const ready = [...waiting].filter((node) => near[node]?.some((other) => places[other]));
    for (const node of ready.length ? ready : [...waiting].slice(0, 1)) {
      const around = (near[node] ?? []).flatMap((other) => places[other] ?? []);
      const turn = node * TURN;
      if (around.length) {
        const middle = mean(around);
        const away = LENGTH * (around.length > 1 ? 0.5 : 1) * (1 + (node % 3) * 0.35);
        places[node] = { x: middle.x + Math.cos(turn) * away, y: middle.y + Math.sin(turn) * away };
      } else {
        places[node] = { x: left + (alone % 8) * 130, y: bottom + 130 + Math.floor(alone / 8) * 90 };
        alone += 1;
      }
      waiting.delete(node);
    }
  }
  const all = places as Point[];
  relax(task, near, all);
  separate(task.nodes, all);
  return all;
}

function mean(all: Point[]): Point {
  const sum = all.reduce((one, other) => ({ x: one.x + other.x, y: one.y + other.y }));
  return { x: sum.x / all.length, y: sum.y / all.length };
}

/** Springs to neighbours and a push off whatever is close (Fruchterman and Reingold), for the nodes without a place. */
function relax(task: Task, near: number[][], places: Point[]): void {
  const free = task.nodes.flatMap((node, at) => (node.at ? [] : [at]));
  const rounds = Math.max(10, Math.min(80, Math.round(4e6 / (1 + free.length * places.length))));
  for (let round = 0; round < rounds; round += 1) {
    const most = 30 * (1 - round / rounds);
    for (const node of free) {
      const here = places[node] as Point;
      let [fx, fy] = [0, 0];
      places.forEach((other, at) => {
        const [dx, dy] = [here.x - other.x, here.y - other.y];
        const square = dx * dx + dy * dy + 1;
        if (at === node || square > 90_000) return;
        fx += (dx * LENGTH * LENGTH * 0.6) / square / 10;
        fy += (dy * LENGTH * LENGTH * 0.6) / square / 10;
      });
      for (const at of near[node] ?? []) {
        const other = places[at] as Point;
        const [dx, dy] = [other.x - here.x, other.y - here.y];
        const length = Math.hypot(dx, dy) || 1;
        const pull = (length - LENGTH) / length / Math.max(3, (near[node]?.length ?? 1) + 1);
        fx += dx * pull;
        fy += dy * pull;
      }
      const length = Math.hypot(fx, fy) || 1;
      here.x += (fx / length) * Math.min(length, most);
      here.y += (fy / length) * Math.min(length, most);
    }
  }
}
