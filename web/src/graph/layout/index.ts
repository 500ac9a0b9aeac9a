import type { Point } from '../state';
import type { Task } from './geometry';

export type { Box, Task } from './geometry';

let worker: Worker | undefined;
let asked = 0;

/** The worker, which is started once; early, since it loads what it needs. */
export function ready(): Worker {
  worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return worker;
}

/** Places nodes. A layout that is no longer wanted (`signal`) is ended, if it still runs. */
export function place(task: Task, signal: AbortSignal): Promise<Point[]> {
  const at = ready();
  const number = (asked += 1);
  return new Promise((done, failed) => {
    const heard = ({ data }: MessageEvent<{ number: number; places: Point[] }>) => {
      if (data.number !== number) return;
      at.removeEventListener('message', heard);
      done(data.places);
    };
    at.addEventListener('message', heard);
    at.addEventListener('error', (event) => failed(new Error(event.message)), { once: true });
    signal.addEventListener('abort', () => {
      at.removeEventListener('message', heard);
      // A large layout would keep the next one waiting.
      if (task.nodes.length > 600 && worker === at) (at.terminate(), (worker = undefined));
    });
    at.postMessage({ number, task });
  });
}
