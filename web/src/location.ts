import { signal } from '@preact/signals';

/** The views of the page. */
export const VIEWS = ['graph', 'path', 'documents', 'queries', 'sparql', 'read', 'review'] as const;
export type View = (typeof VIEWS)[number];

/**
 * Where the page is: a view and its parameters, which stand in the address (`#/graph?top=150&…`), so that every view can
 * be linked to and the browser's Back takes a step back.
 */
export interface Location {
  view: View;
  parameters: URLSearchParams;
}

function read(): Location {
  const [path = '', query = ''] = window.location.hash.replace(/^#\/?/, '').split('?', 2);
  const view = VIEWS.find((one) => one === path) ?? 'graph';
  return { view, parameters: new URLSearchParams(query) };
}

export const location = signal<Location>(read());

/** How many steps the user has taken, and how many there are to come to: whether Back and Forward stay in the page. */
export const steps = signal({ at: numbered() ?? 0, last: numbered() ?? 0 });

/** The number of the browser's present step, where the page has numbered it. */
function numbered(): number | undefined {
  const state: unknown = history.state;
  return typeof state === 'object' && state && 'step' in state && typeof state.step === 'number' ? state.step : undefined;
}

function arrive(): void {
  // A link that was followed makes a step without a number: it is a new one.
  const at = numbered() ?? steps.value.at + 1;
  if (numbered() === undefined) {
    history.replaceState({ step: at }, '');
    steps.value = { at, last: at };
  } else steps.value = { at, last: Math.max(at, steps.value.last) };
  location.value = read();
}

window.addEventListener('popstate', arrive);
if (numbered() === undefined) history.replaceState({ step: 0 }, '');

/** The address of a view. */
export function href(view: View, parameters: URLSearchParams | Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `#/${view}${query && '?'}${query}`;
}

/** Goes to a view; with `replace` without leaving a step to come back to. */
export function go(view: View, parameters: URLSearchParams | Record<string, string> = {}, replace = false): void {
  const to = href(view, parameters);
  if (to === window.location.hash) return;
  const at = steps.value.at + (replace ? 0 : 1);
  history[replace ? 'replaceState' : 'pushState']({ step: at }, '', to);
  steps.value = replace ? steps.value : { at, last: at };
  location.value = read();
}
