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

window.addEventListener('popstate', () => (location.value = read()));
window.addEventListener('hashchange', () => (location.value = read()));

/** The address of a view. */
export function href(view: View, parameters: URLSearchParams | Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `#/${view}${query && '?'}${query}`;
}

/** Goes to a view; with `replace` without leaving a step to come back to. */
export function go(view: View, parameters: URLSearchParams | Record<string, string> = {}, replace = false): void {
  const to = href(view, parameters);
  if (to === window.location.hash) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  location.value = read();
}
