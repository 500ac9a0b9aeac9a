import type { Graph, GraphEdge } from '../api';
import { t } from '../i18n';
import { EntityLink } from '../parts/entity';
import { Empty } from '../parts/states';
import { Close } from './close';
import { relation } from './elements';
import { EntityPanel } from './entitypanel';
import { FactList } from './factlist';
import { Overview } from './overview';
import { change, chosen, link, type GraphState } from './state';

/** So many facts of an edge can be asked for by name. */
const NAMED = 300;

/** What is chosen, with the sentences that say so. */
export function Panel({ state, graph }: { state: GraphState; graph: Graph }) {
  if (state.day) return <DayPanel state={state} />;
  if (state.select.startsWith('fact/')) return <FactPanel id={state.select} />;
  if (state.select.includes('|')) {
    const edge = graph.edges.find(({ id }) => id === state.select);
    return edge ? <EdgePanel edge={edge} graph={graph} /> : <Gone />;
  }
  if (state.select) return <EntityPanel key={state.select} id={state.select} state={state} graph={graph} />;
  return <Overview graph={graph} state={state} />;
}

function Gone() {
  return (
    <Empty title={t('所选的关系不在当前的图中', 'The chosen relation is not in this graph')}>
      <button type="button" onClick={() => change({ select: '' })}>
        {t('取消选择', 'Choose nothing')}
      </button>
    </Empty>
  );
}

function DayPanel({ state }: { state: GraphState }) {
  const [from = '', to = from] = state.day.split('..');
  const question = chosen({ ...state, from, to });
  return (
    <>
      <header class="about">
        <Close />
        <h2>{from === to ? from : `${from} – ${to}`}</h2>
        <p class="quiet">{t('这段时间的事实，含计划与否认的', 'Facts of these days, planned and denied ones too')}</p>
        {(state.from !== from || state.to !== to) && (
          <div class="actions">
            <button type="button" onClick={() => change({ from, to })}>
              {t('图中只看这段时间', 'Only these days in the graph')}
            </button>
          </div>
        )}
      </header>
      <FactList question={question} none={t('这段时间没有所选的事实', 'No such facts on these days')} />
    </>
  );
}

function FactPanel({ id }: { id: string }) {
  return (
    <>
      <header class="about">
        <Close />
        <h2>{t('事实', 'Fact')}</h2>
      </header>
      <FactList question={new URLSearchParams({ ids: id })} />
    </>
  );
}

function EdgePanel({ edge, graph }: { edge: GraphEdge; graph: Graph }) {
  const node = (id: string) => graph.nodes.find((one) => one.id === id);
  const [source, target] = [node(edge.source), node(edge.target)];
  const question = new URLSearchParams(edge.facts.slice(0, NAMED).map((id) => ['ids', id]));
  return (
    <>
      <header class="about">
        <Close />
        <h2 class="tie">
          {source && (source.fact ? <a href={link({ select: source.id })}>{source.label}</a> : <EntityLink entity={source} />)}
          <span class="verb">{graph.directed ? `— ${relation(edge)} →` : `— ${relation(edge)} —`}</span>
          {target && (target.fact ? <a href={link({ select: target.id })}>{target.label}</a> : <EntityLink entity={target} />)}
        </h2>
        <p class="quiet">
          {t(`${edge.facts.length} 条事实，${edge.documents} 篇文献`, `${edge.facts.length} facts in ${edge.documents} documents`)}
          {edge.first && ` · ${edge.first === edge.last ? edge.first : `${edge.first} – ${edge.last}`}`}
        </p>
      </header>
      <FactList question={question} />
    </>
  );
}
