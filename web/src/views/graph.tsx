import { effect } from '@preact/signals';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, type Graph } from '../api';
import { expand, hide, pin } from '../graph/actions';
import { Canvas } from '../graph/canvas';
import { Divider } from '../graph/divider';
import { Filters } from '../graph/filters';
import { ready } from '../graph/layout';
import { Legend } from '../graph/legend';
import { Missing, Nothing } from '../graph/nothing';
import { Panel } from '../graph/panel';
import { chosenNodes, picture } from '../graph/shown';
import { asked, change, focused, state as now } from '../graph/state';
import { Tables } from '../graph/table';
import { Timeline } from '../graph/timeline';
import { Keys, Toolbar } from '../graph/toolbar';
import { t } from '../i18n';
import { location } from '../location';
import { Failed, Loading, useAsked } from '../parts/states';
import { status } from '../server';
import '../styles/graph.css';
import '../styles/panel.css';
import '../styles/table.css';
import '../styles/timeline.css';

/** Below this width of the window filters and panel lie over the picture. */
const NARROW = 1100;
const ROOMY = 1500;

// What lays the graph out is loaded, and the graph asked for, while the page is still about other things.
ready();
let early: { query: string; graph: Promise<Graph> } | undefined;
const stop = effect(() => {
  if (status.value?.state !== 'ready') return;
  if (location.peek().view === 'graph') {
    const query = asked(now.peek()).toString();
    early = { query, graph: get<Graph>(`graph?${query}`) };
    // Who uses it hears of its failure.
    early.graph.catch(() => undefined);
  }
  queueMicrotask(() => stop());
});

/** Asks for a graph, or takes what was asked for already. */
function ask(query: string, signal: AbortSignal): Promise<Graph> {
  const asked = early?.query === query ? early.graph : get<Graph>(`graph?${query}`, {}, signal);
  early = undefined;
  return asked;
}

/** The graph: who is joined with whom, and at every step the sentence that says so. */
export function GraphView() {
  const state = now.value;
  const query = asked(state).toString();
  const { answer: graph, error, pending, again } = useAsked(query, (signal) => ask(query, signal));
  const [filters, setFilters] = useState(innerWidth >= ROOMY);
  const [panel, setPanel] = useState(innerWidth >= NARROW);
  const [keys, setKeys] = useState(false);
  const side = useRef<HTMLElement>(null);
  const chosen = useCallback(() => setPanel(true), []);
  // What an address or the timeline chooses is shown, too.
  useEffect(() => {
    if (state.select || state.day) setPanel(true);
    side.current?.scrollTo({ top: 0 });
  }, [state.select, state.day]);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => press(event, { keys: setKeys, relay: () => graph && picture.value?.again(graph, now.value), panel: () => focusPanel(side.current) });
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [graph]);
  return (
    <>
      <Toolbar state={state} graph={graph} filters={[filters, setFilters]} panel={[panel, setPanel]} keys={() => setKeys(true)} again={() => graph && void picture.value?.again(graph, { ...state, pins: {} })} />
      <div class="graph-body">
        {filters && (
          <aside class="side filters-side" aria-label={t('筛选', 'Filter')}>
            <Filters state={state} graph={graph} />
          </aside>
        )}
        <section class={pending && graph ? 'stage pending' : 'stage'}>
          {graph && !state.table && <Legend graph={graph} state={state} />}
          {graph && graph.missing.length > 0 && <Missing graph={graph} state={state} />}
          {error ? <Failed error={error} again={again} /> : !graph ? <Loading /> : state.table ? <Tables state={state} graph={graph} /> : graph.nodes.length ? <Canvas graph={graph} state={state} chosen={chosen} /> : <Nothing state={state} graph={graph} />}
        </section>
        {panel && (
          <aside class="side panel-side" ref={side} tabIndex={-1} aria-label={t('证据', 'Evidence')}>
            <Divider />
            <div class="panel">{graph && <Panel state={state} graph={graph} />}</div>
          </aside>
        )}
        <Timeline state={state} />
      </div>
      {keys && <Keys close={() => setKeys(false)} />}
    </>
  );
}

function focusPanel(panel: HTMLElement | null): void {
  const first = panel?.querySelector<HTMLElement>('.panel a, .panel button');
  (first ?? panel)?.focus();
}

/** Keys that hold wherever the focus is, but for where one types. */
function press(event: KeyboardEvent, does: { keys: (open: (before: boolean) => boolean) => void; relay: () => void; panel: () => void }): void {
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]')) return;
  const state = now.value;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
    event.preventDefault();
    if (event.shiftKey) history.forward();
    else history.back();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const many = chosenNodes.value.length > 1 ? chosenNodes.value : state.select && !state.select.includes('|') ? [state.select] : [];
  const [one] = many;
  const acts: Record<string, () => void> = {
    '+': () => picture.value?.zoom(1.3),
    '=': () => picture.value?.zoom(1.3),
    '-': () => picture.value?.zoom(1 / 1.3),
    '0': () => (picture.value?.cy.zoom(1), picture.value?.cy.center()),
    f: () => picture.value?.fit(),
    l: does.relay,
    t: () => change({ table: state.table ? '' : 'nodes' }),
    '?': () => does.keys((open) => !open),
    Escape: () => (does.keys(() => false), change({ select: '', day: '' })),
  };
  if (one) {
    acts['e'] = () => expand(state, one);
    acts['p'] = () => pin(state, one);
    acts['o'] = () => change(focused(many));
    acts['Delete'] = () => hide(state, many);
    acts['Backspace'] = acts['Delete'];
    if (target?.closest('.canvas')) acts['Enter'] = does.panel;
  }
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
