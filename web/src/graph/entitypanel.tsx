import { useState } from 'preact/hooks';
import { get, type Entity, type Graph, type GraphNode } from '../api';
import { label, number, t } from '../i18n';
import { href } from '../location';
import { DecideEntity } from '../parts/decide';
import { EntityLink, Sign } from '../parts/entity';
import { Failed, Loading, useAsked } from '../parts/states';
import { entityTypes, factTypes, status } from '../server';
import { Actions } from './actions';
import { FactList } from './factlist';
import { Close } from './close';
import { change, type GraphState } from './state';

/** Of so many facts all groups are open at first. */
const OPEN = 20;
const DOCUMENTS = 5;

/** An entity: what it is called, what it belongs to, how it stands in the graph, and every fact in which it takes part. */
export function EntityPanel({ id, state, graph }: { id: string; state: GraphState; graph: Graph }) {
  const { answer, error, again } = useAsked(id, (signal) => get<Entity>('entity', { id }, signal));
  const node = graph.nodes.find((one) => one.id === id);
  if (error) return <Failed error={error} again={again} />;
  if (!answer) return <Loading />;
  const total = Object.values(answer.facts).reduce((sum, count) => sum + count, 0);
  const chosen = (type: string) => !state.facts.length || state.facts.includes(type);
  const groups = Object.entries(answer.facts).sort(
    ([one, many], [other, more]) => Number(chosen(other)) - Number(chosen(one)) || more - many || (one < other ? -1 : 1),
  );
  return (
    <>
      <header class="about">
        <Close />
        <h2>
          <Sign type={answer.type} /> {answer.name}
        </h2>
        <p class="quiet">
          {label(entityTypes.value.get(answer.type)?.label, answer.type)} · {t(`${number(total)} 条事实`, `${number(total)} facts`)} ·{' '}
          {t(`提及 ${number(answer.mentions)} 次`, `${number(answer.mentions)} mentions`)} ·{' '}
          {t(`${number(answer.documents.length)} 篇文献`, `${number(answer.documents.length)} documents`)}
        </p>
        {answer.names.length > 0 && (
          <p class="names">
            <span class="quiet">{t('又称', 'also')}</span> {answer.names.slice(0, 8).join('、')}
            {answer.names.length > 8 && '…'}
          </p>
        )}
        <Wider entity={answer} />
        <Actions id={id} node={node} state={state} />
        {status.value?.review && <DecideEntity entity={answer} />}
        {node && <Measures node={node} />}
      </header>
      <Documents entity={answer} />
      {groups.map(([type, count], at) => (
        <FactGroup key={type} id={id} type={type} count={count} open={total <= OPEN || at === 0} />
      ))}
      {total === 0 && (
        <p class="quiet pad">{t('没有事实说到它；它只在文献中被提及。', 'No fact is about it; documents only mention it.')}</p>
      )}
    </>
  );
}

function Wider({ entity }: { entity: Entity }) {
  const over = entity.unit_of ? [entity.unit_of, ...entity.wider.filter(({ id }) => id !== entity.unit_of?.id)] : entity.wider;
  return (
    <>
      {over.length > 0 && (
        <p class="wider">
          <span class="quiet">{t('属于', 'part of')}</span> {over.map((one, at) => [at > 0 && ' ‹ ', <EntityLink key={one.id} entity={one} />])}
        </p>
      )}
      {entity.narrower.length > 0 && (
        <p class="wider">
          <span class="quiet">{t('包括', 'has')}</span> {entity.narrower.slice(0, 6).map((one, at) => [at > 0 && '、', <EntityLink key={one.id} entity={one} />])}
          {entity.narrower.length > 6 && t(` 等 ${entity.narrower.length} 个`, ` and ${entity.narrower.length - 6} more`)}
        </p>
      )}
    </>
  );
}

/** Where the entity stands in the chosen network. */
function Measures({ node }: { node: GraphNode }) {
  return (
    <dl class="measures">
      <div>
        <dt>{t('相连', 'neighbours')}</dt>
        <dd>{number(node.degree)}</dd>
      </div>
      <div title={t('经它相连的事实数', 'facts that join it with others')}>
        <dt>{t('事实', 'facts')}</dt>
        <dd>{number(node.weighted_degree)}</dd>
      </div>
      <div title={t('在整个网络中有多重要（PageRank，‰）', 'How important it is in the whole network (PageRank, per mille)')}>
        <dt>PageRank</dt>
        <dd>{(node.page_rank * 1000).toFixed(2)}‰</dd>
      </div>
      {node.betweenness !== undefined && (
        <div title={t('多少最短路径经过它', 'the share of the shortest ways that pass it')}>
          <dt>{t('中介', 'between')}</dt>
          <dd>{(node.betweenness * 100).toFixed(1)}%</dd>
        </div>
      )}
      {node.community !== undefined && (
        <div>
          <dt>{t('社群', 'community')}</dt>
          <dd>
            <button type="button" class="plain" title={t('只看这个社群', 'Only this community')} onClick={() => change({ community: node.community ?? 0 })}>
              {node.community}
            </button>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Documents({ entity }: { entity: Entity }) {
  const [most, setMost] = useState(DOCUMENTS);
  return (
    <details class="group">
      <summary>
        {t('文献', 'Documents')} <span class="count">{number(entity.documents.length)}</span>
      </summary>
      <ul class="documents">
        {entity.documents.slice(0, most).map((one) => (
          <li key={one.id}>
            <a href={href('documents', { id: one.id })}>{one.title ?? one.id}</a> <span class="quiet">{one.published}</span>
          </li>
        ))}
      </ul>
      {entity.documents.length > most && (
        <button type="button" class="more" onClick={() => setMost(most + 50)}>
          {t('更多文献', 'More documents')}
        </button>
      )}
    </details>
  );
}

function FactGroup({ id, type, count, open }: { id: string; type: string; count: number; open: boolean }) {
  const [shown, setShown] = useState(open);
  return (
    <details class="group" open={open} data-type={type} onToggle={(event) => event.currentTarget.open && setShown(true)}>
      <summary>
        {label(factTypes.value.get(type)?.label, type)} <span class="count">{number(count)}</span>
      </summary>
      {shown && <FactList question={new URLSearchParams({ entity: id, facts: type })} />}
    </details>
  );
}
