import { useState } from 'preact/hooks';
import type { Graph } from '../api';
import { t } from '../i18n';
import { steps } from '../location';
import { hide } from './actions';
import { ExportMenu } from './exportmenu';
import { chosenNodes, picture } from './shown';
import { change, focused, type GraphState } from './state';

/** Above the picture: back and forth, nearer and farther, picture or table, away with it as a file. */
export function Toolbar(props: { state: GraphState; graph: Graph | undefined; filters: [boolean, (open: boolean) => void]; panel: [boolean, (open: boolean) => void]; keys: () => void; again: () => void }) {
  const { state, graph } = props;
  const { at, last } = steps.value;
  const many = chosenNodes.value;
  const [filtersOpen, setFilters] = props.filters;
  const [panelOpen, setPanel] = props.panel;
  return (
    <div class="toolbar" role="toolbar" aria-label={t('图的工具', 'Tools of the graph')}>
      <button type="button" aria-pressed={filtersOpen} onClick={() => setFilters(!filtersOpen)}>
        ☰ {t('筛选', 'Filter')}
      </button>
      <span class="together">
        <Tool words={t('撤销', 'Undo')} keys="Ctrl+Z" sign="↶" off={at === 0} does={() => history.back()} />
        <Tool words={t('重做', 'Redo')} keys="Ctrl+Shift+Z" sign="↷" off={at >= last} does={() => history.forward()} />
      </span>
      {!state.table && (
        <span class="together">
          <Tool words={t('放大', 'Zoom in')} keys="+" sign="＋" does={() => picture.value?.zoom(1.3)} />
          <Tool words={t('缩小', 'Zoom out')} keys="-" sign="－" does={() => picture.value?.zoom(1 / 1.3)} />
          <Tool words={t('全图', 'Fit')} keys="f" sign={t('全图', 'Fit')} does={() => picture.value?.fit()} />
          <Tool words={t('重新布局', 'Lay out anew')} keys="l" sign="⟳" does={props.again} />
        </span>
      )}
      {many.length > 1 && (
        <span class="together many">
          <span class="quiet">{t(`已选 ${many.length} 个`, `${many.length} chosen`)}</span>
          <button type="button" onClick={() => change({ expand: [...new Set([...state.expand, ...many])] })}>{t('展开', 'Expand')}</button>
          <button type="button" onClick={() => change(focused(many))}>{t('只看它们', 'Focus')}</button>
          <button type="button" onClick={() => hide(state, many)}>{t('隐藏', 'Hide')}</button>
        </span>
      )}
      <span class="end" />
      <span class="together">
        <button type="button" aria-pressed={!state.table} onClick={() => change({ table: '' })}>{t('图', 'Picture')}</button>
        <button type="button" aria-pressed={state.table !== ''} onClick={() => change({ table: state.table || 'nodes' })}>{t('表格', 'Table')}</button>
      </span>
      <ExportMenu state={state} graph={graph} />
      <Tool words={t('按键', 'Keys')} keys="?" sign="?" does={props.keys} />
      <button type="button" aria-pressed={panelOpen} onClick={() => setPanel(!panelOpen)}>
        {t('证据', 'Evidence')}
      </button>
    </div>
  );
}

function Tool({ words, keys, sign, off, does }: { words: string; keys: string; sign: string; off?: boolean; does: () => void }) {
  return (
    <button type="button" class="tool" aria-label={words} title={`${words} (${keys})`} disabled={off} onClick={does}>
      {sign}
    </button>
  );
}

const KEYS = (): [string, string][] => [
  ['/', t('搜索', 'Search')],
  ['← ↑ → ↓', t('移到相邻的节点', 'Move to a neighbouring node')],
  ['Enter', t('到所选节点的证据', 'To the evidence of the node')],
  ['e', t('展开或收起', 'Expand or collapse')],
  ['o', t('只看它与周围', 'Only it and what surrounds it')],
  ['p', t('固定或松开', 'Pin or unpin')],
  ['Delete', t('隐藏', 'Hide')],
  ['Esc', t('取消选择', 'Choose nothing')],
  ['+  -  0  f', t('放大、缩小、原大、全图', 'Nearer, farther, natural size, all')],
  ['l', t('重新布局', 'Lay out anew')],
  ['t', t('图或表格', 'Picture or table')],
  ['Ctrl+Z  Ctrl+Shift+Z', t('撤销、重做', 'Undo, redo')],
  [t('Shift+点击或拖框', 'Shift + click or drag'), t('选多个', 'Choose several')],
];

/** All keys. */
export function Keys({ close }: { close: () => void }) {
  const [shown] = useState(KEYS);
  return (
    <div class="veil" onClick={close}>
      <div class="dialog" role="dialog" aria-modal="true" aria-label={t('按键', 'Keys')} onClick={(event) => event.stopPropagation()}>
        <h2>{t('按键', 'Keys')}</h2>
        <dl>
          {shown.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <button type="button" class="primary" ref={(button) => button?.focus()} onClick={close}>
          {t('好', 'Close')}
        </button>
      </div>
    </div>
  );
}
