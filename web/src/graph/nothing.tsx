import type { Graph } from '../api';
import { label, t } from '../i18n';
import { Empty } from '../parts/states';
import { entityTypes, factTypes } from '../server';
import { change, CLEAR, filters, type GraphState } from './state';

/** What a filter that `undone` would lift lets through. */
function filterWords(undone: Partial<GraphState>, state: GraphState): string {
  if (undone.types) return t('实体类型：', 'kinds: ') + state.types.map((type) => label(entityTypes.value.get(type)?.label, type)).join('、');
  if (undone.facts) return t('事实类型：', 'facts: ') + state.facts.map((type) => label(factTypes.value.get(type)?.label, type)).join('、');
  if (undone.from !== undefined) return t('日期：', 'days: ') + `${state.from || '…'} – ${state.to || '…'}`;
  if (undone.min_confidence !== undefined) return t('把握至少 ', 'confidence from ') + `${Math.round(state.min_confidence * 100)}%`;
  if (undone.min_evidence !== undefined) return t('文献至少 ', 'documents from ') + `${state.min_evidence}`;
  if (undone.community !== undefined) return t('社群 ', 'community ') + `${state.community}`;
  return t(`隐藏的 ${state.hide.length} 个`, `${state.hide.length} hidden`);
}

/** Where no node is left: which filters stand in the way. */
export function Nothing({ state, graph }: { state: GraphState; graph: Graph }) {
  const left = filters(state);
  return (
    <Empty title={t('没有符合条件的节点', 'No node is left')}>
      {left.length > 0 ? (
        <>
          <p>{t('这些筛选留下的是空的，去掉一个试试：', 'These filters leave nothing; lift one:')}</p>
          <p class="actions">
            {left.map((undone) => (
              <button type="button" key={filterWords(undone, state)} onClick={() => change(undone)}>
                {filterWords(undone, state)} ✕
              </button>
            ))}
            <button type="button" class="primary" onClick={() => change(CLEAR)}>
              {t('清除全部筛选', 'Clear all filters')}
            </button>
          </p>
        </>
      ) : graph.total.nodes === 0 ? (
        <p>{t('这个网络是空的；换一种网络，或先用 tupu build 读入文献。', 'This network is empty; choose another, or read documents with tupu build first.')}</p>
      ) : (
        <p class="actions">
          <button type="button" class="primary" onClick={() => change({ top: 150, hide: [] })}>
            {t('显示最相连的 150 个', 'Show the 150 most connected')}
          </button>
        </p>
      )}
    </Empty>
  );
}

/** Above the picture: what was asked for and is not in the chosen network, and in which it may be. */
export function Missing({ graph, state }: { graph: Graph; state: GraphState }) {
  const names = graph.missing.map((id) => id.split('/').at(-1) ?? id).join('、');
  const open = filters(state).length > 0;
  return (
    <div class="missing" role="status">
      <span>
        {open
          ? t(`“${names}”不在所选的网络里：筛选把它去掉了，或没有关系连到它。`, `“${names}” is not in the chosen network: a filter leaves it out, or nothing joins it.`)
          : t(`“${names}”在这种网络里没有关系。`, `“${names}” has no relation in this network.`)}
      </span>
      {open && (
        <button type="button" onClick={() => change(CLEAR)}>
          {t('清除筛选', 'Clear filters')}
        </button>
      )}
      {state.network !== 'facts' && (
        <button type="button" onClick={() => change({ network: 'facts' })}>
          {t('以事实为节点', 'Facts as nodes')}
        </button>
      )}
      {!state.isolated && (
        <button type="button" onClick={() => change({ isolated: true })}>
          {t('也显示无关系的', 'Show it alone')}
        </button>
      )}
    </div>
  );
}
