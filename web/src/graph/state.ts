import { computed } from '@preact/signals';
import type { Choice, NetworkKind, Shown } from '../api';
import { go, href, location } from '../location';

export const NETWORKS: NetworkKind[] = ['direct', 'actors', 'items', 'facts'];
export const SIZES = ['degree', 'weighted_degree', 'page_rank', 'betweenness', 'mentions'] as const;
export type Size = (typeof SIZES)[number];
export const LAYOUTS = ['force', 'concentric', 'hierarchy', 'circle', 'grid'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

export interface Point {
  x: number;
  y: number;
}

/** How the view shows what is chosen. */
export interface Look {
  /** What the panel is about: an entity or fact, an edge (`source|property|target`), or none. */
  select: string;
  /** The panel shows the facts of this day, or of these days: `2020-01-27`, `2020-01-27..2020-02-02`. */
  day: string;
  size: Size;
  colour: 'type' | 'community';
  layout: LayoutName;
  /** Where the user has put nodes. */
  pins: Record<string, Point>;
  table: '' | 'nodes' | 'edges' | 'facts';
}

/** All that makes the view: its address says it, without what is as usual. */
export type GraphState = Choice & Shown & Look;

export const USUAL: GraphState = {
  network: 'direct',
  types: [],
  facts: [],
  from: '',
  to: '',
  min_confidence: 0,
  min_evidence: 1,
  isolated: false,
  top: 150,
  nodes: [],
  expand: [],
  hide: [],
  community: 0,
  select: '',
  day: '',
  size: 'degree',
  colour: 'type',
  layout: 'force',
  pins: {},
  table: '',
};

/** Most nodes that are ever asked for. */
export const MOST = 3000;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The one of `all` that an address names; else the first, which is the usual. */
function one<T extends string>(all: readonly T[], value: string | null): T {
  return all.find((option) => option === value) ?? (all[0] as T);
}

function within(value: string | null, least: number, most: number, usual: number): number {
  const number = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : usual;
}

/** What an address says. What it says wrongly is as usual. */
export function parse(from: URLSearchParams): GraphState {
  const list = (name: string) => [...new Set(from.getAll(name).filter(Boolean))];
  const day = (name: string) => (DAY.test(from.get(name) ?? '') ? (from.get(name) ?? '') : '');
  const days = (from.get('day') ?? '').split('..');
  const pins: Record<string, Point> = {};
  for (const pin of from.getAll('pins')) {
    const [, id, x, y] = /^(.+)@(-?\d+),(-?\d+)$/.exec(pin) ?? [];
    if (id) pins[id] = { x: Number(x), y: Number(y) };
  }
  return {
    network: one(NETWORKS, from.get('network')),
    types: list('types'),
    facts: list('facts'),
    from: day('from'),
    to: day('to'),
    min_confidence: within(from.get('min_confidence'), 0, 1, 0),
    min_evidence: Math.round(within(from.get('min_evidence'), 1, 99, 1)),
    isolated: from.get('isolated') === 'true',
    top: Math.round(within(from.get('top'), 0, MOST, USUAL.top)),
    nodes: list('nodes'),
    expand: list('expand'),
    hide: list('hide'),
    community: Math.round(within(from.get('community'), 0, 1e6, 0)),
    select: from.get('select') ?? '',
    day: days.length <= 2 && days.every((one) => DAY.test(one)) ? days.join('..') : '',
    size: one(SIZES, from.get('size')),
    colour: one(['type', 'community'], from.get('colour')),
    layout: one(LAYOUTS, from.get('layout')),
    pins,
    table: from.get('table') === '1' ? 'nodes' : one(['', 'nodes', 'edges', 'facts'], from.get('table')),
  };
}

const CHOICE = ['network', 'types', 'facts', 'from', 'to', 'min_confidence', 'min_evidence', 'isolated'] as const;
const SHOWN = ['top', 'nodes', 'expand', 'hide', 'community'] as const;
const LOOK = ['select', 'day', 'size', 'colour', 'layout', 'table'] as const;

function put(out: URLSearchParams, state: GraphState, names: readonly (keyof GraphState)[]): void {
  for (const name of names) {
    const value = state[name];
    if (Array.isArray(value)) value.forEach((item) => out.append(name, item));
    else if (value !== USUAL[name]) out.set(name, String(value));
  }
}

/** The parameters of the address; `#/graph` alone where all is as usual. */
export function print(state: GraphState): URLSearchParams {
  const out = new URLSearchParams();
  put(out, state, [...CHOICE, ...SHOWN, ...LOOK]);
  for (const [id, { x, y }] of Object.entries(state.pins)) out.append('pins', `${id}@${Math.round(x)},${Math.round(y)}`);
  return out;
}

/** The parameters of `/api/graph` and `/api/export/…`: which graph, and what of it. */
export function asked(state: GraphState): URLSearchParams {
  const out = new URLSearchParams();
  put(out, state, [...CHOICE, ...SHOWN]);
  out.set('top', String(state.top));
  return out;
}

/** The parameters that choose among facts, without the days where `days` is false. */
export function chosen(state: GraphState, days = true): URLSearchParams {
  const out = new URLSearchParams();
  put(out, days ? state : { ...state, from: '', to: '' }, CHOICE);
  return out;
}

/** The state that the address says. */
export const state = computed(() => parse(location.value.parameters));

/** Goes on to a changed state, which Back takes back; with `replace` the change is part of the last one. */
export function change(patch: Partial<GraphState>, replace = false): void {
  go('graph', print({ ...state.value, ...patch }), replace);
}

/** The address of a changed state. */
export function link(patch: Partial<GraphState>, of: GraphState = state.value): string {
  return href('graph', print({ ...of, ...patch }));
}

/** With `id` where it was missing, without it where it was there. */
export function toggled(list: string[], id: string): string[] {
  return list.includes(id) ? list.filter((other) => other !== id) : [...list, id];
}

/** The filters that leave something out, by what undoes each. */
export function filters(of: GraphState): Partial<GraphState>[] {
  const all: Partial<GraphState>[] = [
    { types: [] },
    { facts: [] },
    { from: '', to: '' },
    { min_confidence: 0 },
    { min_evidence: 1 },
    { hide: [] },
    { community: 0 },
  ];
  return all.filter((undone) => print({ ...of, ...undone }).toString() !== print(of).toString());
}

const FILTERS = ['types', 'facts', 'from', 'to', 'min_confidence', 'min_evidence', 'hide', 'community'] as const;

/** Nothing left out any more. */
export const CLEAR: Partial<GraphState> = Object.fromEntries(FILTERS.map((name) => [name, USUAL[name]]));

/** Only these and what surrounds them. */
export function focused(ids: string[]): Partial<GraphState> {
  return { top: 0, nodes: ids, expand: ids, hide: [], community: 0, select: ids[0] ?? '', day: '' };
}
