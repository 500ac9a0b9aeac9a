import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { get, type Fact, type Facts, type Graph } from '../api';
import { label, number, t } from '../i18n';
import { href } from '../location';
import { Sign } from '../parts/entity';
import { time } from '../parts/fact';
import { Failed, Loading, useAsked } from '../parts/states';
import { factTypes } from '../server';
import { relation, typeName } from './elements';
import { change, chosen, link, type GraphState } from './state';

const ROW = 30;
/** The server tells so many facts at once at most. */
const BATCH = 500;

interface Column<T> {
  title: string;
  /** What the column is sorted by. */
  by: (row: T) => string | number;
  show?: (row: T) => ComponentChildren;
  numeric?: boolean;
}

/** What the picture shows, as tables. */
export function Tables({ state, graph }: { state: GraphState; graph: Graph }) {
  const tabs = [
    ['nodes', t('节点', 'Nodes'), graph.nodes.length],
    ['edges', t('边', 'Edges'), graph.edges.length],
    ['facts', t('事实', 'Facts'), new Set(graph.edges.flatMap(({ facts }) => facts)).size],
  ] as const;
  return (
    <section class="tables">
      <div role="tablist" class="tabs">
        {tabs.map(([name, words, count]) => (
          <button type="button" role="tab" key={name} aria-selected={state.table === name} onClick={() => change({ table: name })}>
            {words} <span class="count">{number(count)}</span>
          </button>
        ))}
      </div>
      {state.table === 'nodes' ? <Nodes graph={graph} state={state} /> : state.table === 'edges' ? <Edges graph={graph} state={state} /> : <FactRows graph={graph} state={state} />}
    </section>
  );
}

function Nodes({ graph, state }: { graph: Graph; state: GraphState }) {
  const columns: Column<Graph['nodes'][0]>[] = [
    { title: t('名称', 'name'), by: ({ name }) => name, show: (node) => <a href={link({ select: node.id, day: '' })}>{!node.fact && <Sign type={node.type} />}{node.name}</a> },
    { title: t('类型', 'kind'), by: typeName },
    { title: t('相连', 'neighbours'), by: ({ degree }) => degree, numeric: true },
    { title: t('事实', 'facts'), by: (node) => node.weighted_degree, numeric: true },
    { title: 'PageRank', by: (node) => node.page_rank, show: (node) => node.page_rank.toFixed(5), numeric: true },
    { title: t('中介', 'betweenness'), by: (node) => node.betweenness ?? -1, show: (node) => node.betweenness?.toFixed(4) ?? '', numeric: true },
    { title: t('提及', 'mentions'), by: ({ mentions }) => mentions, numeric: true },
    { title: t('社群', 'community'), by: ({ community }) => community ?? 0, numeric: true },
    { title: t('未显示', 'not shown'), by: ({ hidden }) => hidden, numeric: true },
  ];
  return <Rows key="nodes" rows={graph.nodes} columns={columns} id={({ id }) => id} chosen={state.select} sorted={[2, -1]} />;
}

function Edges({ graph, state }: { graph: Graph; state: GraphState }) {
  const names = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const name = (id: string) => names.get(id)?.name ?? id;
  const end = (id: string) => <a href={link({ select: id, day: '' })}>{names.get(id)?.fact === false && <Sign type={names.get(id)?.type ?? ''} />}{name(id)}</a>;
  const columns: Column<Graph['edges'][0]>[] = [
    { title: t('从', 'from'), by: ({ source }) => name(source), show: ({ source }) => end(source) },
    { title: t('关系', 'relation'), by: relation, show: (edge) => <a href={link({ select: edge.id, day: '' })}>{relation(edge)}</a> },
    { title: t('到', 'to'), by: ({ target }) => name(target), show: ({ target }) => end(target) },
    { title: t('事实', 'facts'), by: ({ facts }) => facts.length, numeric: true },
    { title: t('文献', 'documents'), by: ({ documents }) => documents, numeric: true },
    { title: t('把握', 'confidence'), by: ({ confidence }) => confidence ?? -1, show: ({ confidence }) => (confidence === undefined ? '' : `${Math.round(confidence * 100)}%`), numeric: true },
    { title: t('最早', 'first'), by: ({ first }) => first ?? '' },
    { title: t('最晚', 'last'), by: ({ last }) => last ?? '' },
  ];
  return <Rows key="edges" rows={graph.edges} columns={columns} id={({ id }) => id} chosen={state.select} sorted={[3, -1]} />;
}

/** All facts that are chosen, of those the ones behind what is shown. */
async function told(state: GraphState, graph: Graph, signal: AbortSignal): Promise<Fact[]> {
  const wanted = new Set([...graph.edges.flatMap(({ facts }) => facts), ...graph.nodes.filter(({ fact }) => fact).map(({ id }) => id)]);
  const all: Fact[] = [];
  const question = chosen(state);
  question.set('limit', String(BATCH));
  for (let offset = 0; ; offset += BATCH) {
    question.set('offset', String(offset));
    const { facts, total } = await get<Facts>(`facts?${question}`, {}, signal);
    all.push(...facts.filter(({ id }) => wanted.has(id)));
    if (all.length >= wanted.size || offset + BATCH >= total) return all;
  }
}

function FactRows({ graph, state }: { graph: Graph; state: GraphState }) {
  const { answer, error, again } = useAsked(JSON.stringify(graph.edges.map(({ id }) => id)), (signal) => told(state, graph, signal));
  if (error) return <Failed error={error} again={again} />;
  if (!answer) return <Loading />;
  const columns: Column<Fact>[] = [
    { title: t('类型', 'kind'), by: ({ type }) => label(factTypes.value.get(type)?.label, type) },
    { title: t('事实', 'fact'), by: (fact) => fact.label, show: (fact) => <a href={link({ select: fact.id, day: '' })}>{fact.label}</a> },
    { title: t('时间', 'time'), by: time },
    { title: t('把握', 'confidence'), by: ({ confidence }) => confidence ?? -1, show: ({ confidence }) => (confidence === undefined ? '' : `${Math.round(confidence * 100)}%`), numeric: true },
    { title: t('原句', 'sentence'), by: ({ evidence }) => evidence[0]?.text ?? '' },
    { title: t('文献', 'document'), by: ({ document }) => document.title ?? document.id, show: ({ document, id }) => <a href={href('documents', { id: document.id, fact: id })}>{document.title ?? document.id}</a> },
  ];
  return <Rows key="facts" rows={answer} columns={columns} id={({ id }) => id} chosen={state.select} sorted={[0, 1]} />;
}

const COLLATOR = new Intl.Collator('zh');

/** A table of any length: only the rows in sight are there. */
function Rows<T>({ rows, columns, id, chosen, sorted }: { rows: T[]; columns: Column<T>[]; id: (row: T) => string; chosen: string; sorted: [number, 1 | -1] }) {
  const [[by, way], setSort] = useState(sorted);
  const [top, setTop] = useState(0);
  const [high, setHigh] = useState(600);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setHigh(entry.contentRect.height));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const order = useMemo(() => {
    const keyed = rows.map((row) => [columns[by]?.by(row) ?? '', row] as const);
    const compare = (one: string | number, other: string | number) =>
      typeof one === 'number' && typeof other === 'number' ? one - other : COLLATOR.compare(String(one), String(other));
    return keyed.sort((one, other) => way * compare(one[0], other[0])).map(([, row]) => row);
  }, [rows, by, way]);
  const first = Math.max(0, Math.floor(top / ROW) - 8);
  const seen = order.slice(first, first + Math.ceil(high / ROW) + 16);
  return (
    <div class="rows" ref={box} tabIndex={0} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={column.title} scope="col" class={column.numeric ? 'numeric' : ''} aria-sort={at !== by ? 'none' : way === 1 ? 'ascending' : 'descending'}>
                <button type="button" class="plain" onClick={() => setSort([at, at === by ? (way === 1 ? -1 : 1) : column.numeric ? -1 : 1])}>
                  {column.title}
                  {at === by && (way === 1 ? ' ▲' : ' ▼')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr aria-hidden="true" style={{ height: `${first * ROW}px` }} />}
          {seen.map((row, at) => (
            <tr key={id(row)} aria-rowindex={first + at + 2} data-id={id(row)} class={id(row) === chosen ? 'chosen' : ''}>
              {columns.map((column) => {
                const value = column.by(row);
                const words = column.show ? column.show(row) : column.numeric ? number(value as number) : value;
                return (
                  <td key={column.title} class={column.numeric ? 'numeric' : ''} title={typeof value === 'string' ? value : undefined}>
                    {words}
                  </td>
                );
              })}
            </tr>
          ))}
          {first + seen.length < order.length && <tr aria-hidden="true" style={{ height: `${(order.length - first - seen.length) * ROW}px` }} />}
        </tbody>
      </table>
    </div>
  );
}
