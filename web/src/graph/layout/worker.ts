import { arrange } from './arrange';
import type { Task } from './geometry';

// Layouts take seconds where graphs are large: here they hold nothing up.
addEventListener('message', ({ data }: MessageEvent<{ number: number; task: Task }>) => {
  postMessage({ number: data.number, places: arrange(data.task) });
});
