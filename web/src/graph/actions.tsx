import type { GraphNode } from '../api';
import { t } from '../i18n';
import { href } from '../location';
import { change, focused, toggled, type GraphState } from './state';
import { picture } from './shown';

/** Hides nodes; what was said of them alone is forgotten. */
export function hide(state: GraphState, ids: string[]): void {
  const without = (list: string[]) => list.filter((id) => !ids.includes(id));
  const pins = Object.fromEntries(Object.entries(state.pins).filter(([id]) => !ids.includes(id)));
  change({ hide: [...new Set([...state.hide, ...ids])], nodes: without(state.nodes), expand: without(state.expand), pins, select: ids.includes(state.select) ? '' : state.select });
}

/** Shows the neighbours of a node, or no longer. */
export function expand(state: GraphState, id: string): void {
  change({ expand: toggled(state.expand, id), nodes: [...new Set([...state.nodes, id])], hide: state.hide.filter((one) => one !== id) });
}

/** Keeps a node where it stands, or no longer. */
export function pin(state: GraphState, id: string): void {
  const { [id]: pinned, ...others } = state.pins;
  const at = picture.value?.cy.getElementById(id);
  if (pinned) change({ pins: others });
  else if (at?.nonempty()) change({ pins: { ...others, [id]: { ...at.position() } } });
}

/** What can be done with a node. */
export function Actions({ id, node, state }: { id: string; node: GraphNode | undefined; state: GraphState }) {
  const expanded = state.expand.includes(id);
  return (
    <div class="actions">
      <button type="button" aria-pressed={expanded} title={t('键 e，或双击节点', 'Key e, or double click the node')} onClick={() => expand(state, id)}>
        {expanded ? t('收起', 'Collapse') : node?.hidden ? t(`展开 +${Math.min(60, node.hidden)}`, `Expand +${Math.min(60, node.hidden)}`) : t('展开', 'Expand')}
      </button>
      <button type="button" title={t('只看它与周围', 'Only it and what surrounds it')} onClick={() => change(focused([id]))}>
        {t('只看它', 'Focus')}
      </button>
      {node && (
        <>
          <button type="button" title={t('键 Delete', 'Key Delete')} onClick={() => hide(state, [id])}>
            {t('隐藏', 'Hide')}
          </button>
          <button type="button" aria-pressed={id in state.pins} title={t('固定在现在的位置', 'Keep it where it stands')} onClick={() => pin(state, id)}>
            {id in state.pins ? t('松开', 'Unpin') : t('固定', 'Pin')}
          </button>
        </>
      )}
      <a class="button" href={href('path', { from: id })}>
        {t('找路径', 'Paths')}
      </a>
    </div>
  );
}
