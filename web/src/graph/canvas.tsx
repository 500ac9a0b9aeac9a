import { useEffect, useRef, useState } from 'preact/hooks';
import type { Graph } from '../api';
import { language, t } from '../i18n';
import { Loading } from '../parts/states';
import { theme } from '../theme';
import { expand } from './actions';
import { described } from './elements';
import { Picture } from './picture';
import { chosenNodes, picture } from './shown';
import { change, state as now, type GraphState } from './state';

/** The picture, on which all that can be done with nodes is done: by mouse, finger or keys. */
export function Canvas({ graph, state, chosen }: { graph: Graph; state: GraphState; chosen: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!box.current || !overlay.current) return;
    const shown = new Picture(box.current, overlay.current, {
      select: (id, all) => {
        const nodes = all.filter((one) => !one.includes('|'));
        chosenNodes.value = nodes;
        if (nodes.length > 1 && !id) return;
        change({ select: id, ...(id ? { day: '' } : {}) });
        if (id) chosen();
      },
      expand: (id) => expand(now.value, id),
      pin: (moved) => change({ pins: { ...now.value.pins, ...moved } }),
      busy: setBusy,
    });
    picture.value = shown;
    return () => {
      picture.value = undefined;
      chosenNodes.value = [];
      shown.destroy();
    };
  }, []);
  // The picture comes first: what is beside it may be shown a moment later.
  useEffect(() => void picture.value?.show(graph, state), [graph, state.layout, state.size, state.colour, JSON.stringify(state.pins), language.value]);
  useEffect(() => {
    picture.value?.mark(state.select);
    if (!state.select) chosenNodes.value = [];
  }, [state.select]);
  useEffect(() => picture.value?.recolour(), [theme.value]);
  const node = graph.nodes.find(({ id }) => id === state.select);
  const arrows = (event: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (dx === undefined || dy === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = picture.value?.toward(state.select, dx, dy);
    if (!to) return;
    change({ select: to, day: '' }, state.select !== '');
    picture.value?.reveal([to]);
  };
  return (
    <div
      class="canvas"
      tabIndex={0}
      role="application"
      aria-label={t('图：方向键在节点间移动，回车看证据，e 展开；表格里有同样的内容', 'The graph: arrows move between nodes, Enter shows the evidence, e expands; the table has the same')}
      onKeyDown={arrows}
    >
      <div class="picture __________cytoscape_container" ref={box} />
      <canvas class="badges" ref={overlay} aria-hidden="true" />
      {busy && (
        <div class="laying">
          <Loading what={t('正在排布…', 'Laying out …')} />
        </div>
      )}
      <p class="heard" aria-live="polite">
        {node && described(node)}
      </p>
    </div>
  );
}
