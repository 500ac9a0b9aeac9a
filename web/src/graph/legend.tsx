import type { Graph } from '../api';
import { label, number, t } from '../i18n';
import { Sign } from '../parts/entity';
import { entityTypes, schema } from '../server';
import { isUnreal } from './elements';
import { COMMUNITIES } from './shapes';
import { change, toggled, type GraphState } from './state';

/** What colours and shapes mean; a click shows only that kind, or leaves it out again. */
export function Legend({ graph, state }: { graph: Graph; state: GraphState }) {
  const counts = new Map<string, number>();
  for (const node of graph.nodes) if (!node.fact) counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
  const kinds = [...entityTypes.value.values()].filter(({ name }) => counts.has(name) || state.types.includes(name));
  const facts = graph.nodes.some(({ fact }) => fact);
  return (
    <div class="legend" role="group" aria-label={t('图例', 'Legend')}>
      {state.colour === 'community' ? (
        <Communities graph={graph} state={state} />
      ) : (
        kinds.map((kind) => (
          <button type="button" key={kind.name} data-type={kind.name} class="plain" aria-pressed={state.types.includes(kind.name)} title={t('只看这一类，或不再只看', 'Only this kind, or no longer')}
            onClick={() => change({ types: toggled(state.types, kind.name) })}>
            <Sign type={kind.name} /> {label(kind.label, kind.name)} <span class="quiet">{number(counts.get(kind.name) ?? 0)}</span>
          </button>
        ))
      )}
      {facts && (
        <span>
          <i class="bar-sign" /> {label(schema.value?.fact_style.label, 'fact')}
        </span>
      )}
      {graph.nodes.some(isUnreal) && (
        <span>
          <i class="bar-sign unreal" /> {t('计划、可能或否认', 'planned, possible or denied')}
        </span>
      )}
    </div>
  );
}

function Communities({ graph, state }: { graph: Graph; state: GraphState }) {
  const counts = new Map<number, number>();
  for (const { community } of graph.nodes) if (community) counts.set(community, (counts.get(community) ?? 0) + 1);
  const shown = [...counts].sort((one, other) => one[0] - other[0]).filter(([community]) => community <= COMMUNITIES.length);
  return (
    <>
      {shown.map(([community, count]) => (
        <button type="button" key={community} class="plain" aria-pressed={state.community === community} onClick={() => change({ community: state.community === community ? 0 : community })}>
          <svg class="sign" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <circle cx="6" cy="6" r="5.5" fill={COMMUNITIES[community - 1]} />
          </svg>{' '}
          {t(`社群 ${community}`, `community ${community}`)} <span class="quiet">{number(count)}</span>
        </button>
      ))}
      {shown.length < counts.size && <span class="quiet">{t(`另外 ${counts.size - shown.length} 个为灰色`, `${counts.size - shown.length} more in grey`)}</span>}
    </>
  );
}
