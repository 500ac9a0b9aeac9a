import { get, type Graph, type Timeline } from '../api';
import { label, number, t } from '../i18n';
import { Sign } from '../parts/entity';
import { useAsked } from '../parts/states';
import { factTypes, status } from '../server';
import { networkWords } from './filters';
import { change, chosen, focused, link, USUAL, type GraphState } from './state';

const CONNECTED = 12;
const PICKS = ['Donation', 'Supply', 'Collaboration', 'Position', 'Research', 'Shipment', 'Visit'];

/** What the graph is, and how to begin. */
export function Overview({ graph, state }: { graph: Graph; state: GraphState }) {
  const query = chosen(state, false).toString();
  const { answer } = useAsked(query, (signal) => get<Timeline>(`timeline?${query}`, {}, signal));
  const most = graph.nodes
    .filter((node) => !node.fact)
    .sort((one, other) => other.degree - one.degree || other.weighted_degree - one.weighted_degree || (one.id < other.id ? -1 : 1))
    .slice(0, CONNECTED);
  const [first] = most;
  const busiest = answer?.days.reduce<Timeline['days'][0] | undefined>((best, day) => (!best || day.count > best.count ? day : best), undefined);
  const kinds = PICKS.map((name) => factTypes.value.get(name)).filter((type) => type && type.count > 0).slice(0, 3);
  return (
    <>
      <header class="about">
        <h2>{t('这张图', 'This graph')}</h2>
        <p>
          {status.value &&
            t(
              `由 ${number(status.value.documents)} 篇文献读出 ${number(status.value.entities)} 个实体、${number(status.value.facts)} 条事实。每条关系都能看到说出它的原句。`,
              `Read from ${number(status.value.documents)} documents: ${number(status.value.entities)} entities, ${number(status.value.facts)} facts. For every relation you can read the sentence that says so.`,
            )}
        </p>
        <p class="quiet">
          {networkWords(state.network)[0]}
          {t('：', ': ')}
          {t(`${number(graph.total.nodes)} 个节点、${number(graph.total.edges)} 条边，显示其中 ${number(graph.nodes.length)} 个。`,
            `${number(graph.total.nodes)} nodes and ${number(graph.total.edges)} edges, of which ${number(graph.nodes.length)} nodes are shown.`)}
        </p>
      </header>
      <section class="start">
        <h3>{t('从这里开始', 'Where to begin')}</h3>
        <ul class="questions">
          {kinds.map(
            (type) =>
              type && (
                <li key={type.name}>
                  <a href={link({ facts: [type.name], top: 150 }, USUAL)}>
                    {t(`有哪些“${label(type.label, type.name)}”？`, `Which facts of “${label(type.label, type.name)}” are there?`)}
                  </a>
                </li>
              ),
          )}
          {first && (
            <li>
              <a href={link(focused([first.id]))}>{t(`“${first.name}”与谁有关系？`, `Whom is “${first.name}” related with?`)}</a>
            </li>
          )}
          {busiest && (
            <li>
              <a href={link({ day: busiest.day, select: '' })}>{t(`${busiest.day} 发生了什么？`, `What happened on ${busiest.day}?`)}</a>
            </li>
          )}
        </ul>
        <p class="quiet">
          {t('点节点或边看证据，双击展开邻居，拖动可固定位置；在上方搜索名称（键 /），键 ? 列出全部按键。',
            'Click a node or an edge for its evidence, double click to expand, drag to pin; search a name above (key /); key ? lists all keys.')}
        </p>
      </section>
      {first && <section class="start">
        <h3>{t('最相连的实体', 'The most connected')}</h3>
        <ol class="top-list">
          {most.map((node) => (
            <li key={node.id}>
              <button type="button" class="plain" onClick={() => change({ select: node.id })}>
                <Sign type={node.type} /> {node.name}
              </button>
              <span class="quiet end">{number(node.degree)}</span>
            </li>
          ))}
        </ol>
      </section>}
    </>
  );
}
