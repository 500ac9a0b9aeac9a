import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Graph, NetworkKind } from '../api';
import { label, number, t } from '../i18n';
import { Sign } from '../parts/entity';
import { entityTypes, schema } from '../server';
import { change, CLEAR, filters, LAYOUTS, MOST, NETWORKS, SIZES, toggled, type GraphState, type LayoutName, type Size } from './state';

export const networkWords = (kind: NetworkKind): [string, string] =>
  ({
    direct: [t('直接关系', 'Direct relations'), t('谁对谁做了什么：捐赠给、任职于…', 'who did what to whom: donated to, works for …')],
    actors: [t('参与者', 'Actors'), t('人与机构：同在一条事实里便相连', 'people and organisations, joined by facts they share')],
    items: [t('物品与地点', 'Goods and places'), t('人与机构，连到他们涉及的物品、地点…', 'people and organisations with the goods and places of their facts')],
    facts: [t('事实为节点', 'Facts as nodes'), t('每条事实一个节点，连到各参与者；含计划与否认', 'each fact a node, with who takes part; planned and denied ones too')],
  })[kind] as [string, string];

export const sizeWords = (size: Size): string =>
  ({
    degree: t('相连数', 'neighbours'),
    weighted_degree: t('事实数', 'facts'),
    page_rank: t('重要性 PageRank', 'PageRank'),
    betweenness: t('中介性', 'betweenness'),
    mentions: t('提及次数', 'mentions'),
  })[size];

export const layoutWords = (layout: LayoutName): string =>
  ({
    force: t('力导向', 'force-directed'),
    concentric: t('同心圆', 'concentric'),
    hierarchy: t('层级', 'hierarchy'),
    circle: t('环形', 'circle'),
    grid: t('网格', 'grid'),
  })[layout];

/** What is chosen, and how it is shown. */
export function Filters({ state, graph }: { state: GraphState; graph: Graph | undefined }) {
  const [all, setAll] = useState(false);
  const types = schema.value?.fact_types.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count) ?? [];
  const shown = all ? types : types.filter(({ name }, at) => at < 10 || state.facts.includes(name));
  const left = filters(state).length;
  return (
    <div class="filters">
      <div class="shownof">
        <span>
          {graph && t(`显示 ${number(graph.nodes.length)} / ${number(graph.total.nodes)} 个节点，${number(graph.edges.length)} / ${number(graph.total.edges)} 条边`,
            `${number(graph.nodes.length)} of ${number(graph.total.nodes)} nodes, ${number(graph.edges.length)} of ${number(graph.total.edges)} edges`)}
        </span>
        <button type="button" class="small" disabled={!left} onClick={() => change(CLEAR)}>
          {t('清除筛选', 'Clear all')}
        </button>
      </div>
      <Group title={t('网络', 'Network')}>
        {NETWORKS.map((kind) => (
          <label class="option" key={kind}>
            <input type="radio" name="network" checked={state.network === kind} onChange={() => change({ network: kind, community: 0 })} />
            <span>
              {networkWords(kind)[0]} <small>{networkWords(kind)[1]}</small>
            </span>
          </label>
        ))}
      </Group>
      <Group title={t('实体类型', 'Kinds of entities')}>
        <div class="chips">
          {[...entityTypes.value.values()].map((type) => (
            <button type="button" class="chip" key={type.name} aria-pressed={state.types.includes(type.name)} onClick={() => change({ types: toggled(state.types, type.name) })}>
              <Sign type={type.name} /> {label(type.label, type.name)}
            </button>
          ))}
        </div>
      </Group>
      <Group title={t('事实类型', 'Kinds of facts')}>
        {shown.map((type) => (
          <label class="option" key={type.name} title={label(type.about, '')}>
            <input type="checkbox" checked={state.facts.includes(type.name)} onChange={() => change({ facts: toggled(state.facts, type.name) })} />
            <span>{label(type.label, type.name)}</span>
            <span class="quiet end">{number(type.count)}</span>
          </label>
        ))}
        {types.length > shown.length && (
          <button type="button" class="plain more" onClick={() => setAll(true)}>
            {t(`另外 ${types.length - shown.length} 种`, `${types.length - shown.length} more`)}
          </button>
        )}
      </Group>
      <Group title={t('日期', 'Days')}>
        <div class="pair">
          <DayField what={t('从', 'from')} value={state.from} set={(from) => change({ from })} />
          <DayField what={t('到', 'to')} value={state.to} set={(to) => change({ to })} />
        </div>
      </Group>
      <Group title={t('把握与证据', 'Confidence and evidence')}>
        <Slider what={t('把握至少', 'confidence')} value={Math.round(state.min_confidence * 100)} least={0} most={100} step={5} unit="%" set={(value) => change({ min_confidence: value / 100 })} />
        <Slider what={t('文献至少', 'documents')} value={state.min_evidence} least={1} most={10} step={1} unit="" set={(min_evidence) => change({ min_evidence })} />
        <label class="option">
          <input type="checkbox" checked={state.isolated} onChange={() => change({ isolated: !state.isolated })} />
          <span>{t('也显示没有关系的实体', 'entities without relations, too')}</span>
        </label>
      </Group>
      <Group title={t('显示', 'Shown')}>
        <Slider what={t('最相连的', 'most connected')} value={state.top} least={0} most={Math.min(MOST, Math.max(300, graph?.total.nodes ?? 300))} step={10} unit="" set={(top) => change({ top })} />
        <Choose what={t('大小', 'size')} value={state.size} all={SIZES} words={sizeWords} set={(size) => change({ size })} />
        <Choose what={t('颜色', 'colour')} value={state.colour} all={['type', 'community'] as const} words={(one) => (one === 'type' ? t('实体类型', 'kind') : t('社群', 'community'))} set={(colour) => change({ colour })} />
        <Choose what={t('布局', 'layout')} value={state.layout} all={LAYOUTS} words={layoutWords} set={(layout) => change({ layout, pins: {} })} />
        <label class="row">
          <span>{t('社群', 'community')}</span>
          <input type="number" min="0" max={graph?.total.communities ?? 0} value={state.community || ''} placeholder={t('全部', 'all')} onChange={(event) => change({ community: Math.max(0, Number(event.currentTarget.value) || 0) })} />
        </label>
        {state.hide.length > 0 && (
          <button type="button" class="plain more" onClick={() => change({ hide: [] })}>
            {t(`重新显示隐藏的 ${state.hide.length} 个`, `Show the ${state.hide.length} hidden again`)}
          </button>
        )}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Choose<T extends string>(props: { what: string; value: T; all: readonly T[]; words: (one: T) => string; set: (one: T) => void }) {
  return (
    <label class="row">
      <span>{props.what}</span>
      <select value={props.value} onChange={(event) => props.set(event.currentTarget.value as T)}>
        {props.all.map((one) => (
          <option key={one} value={one}>
            {props.words(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Tells its value as it is moved, and takes it when it is let go. */
function Slider(props: { what: string; value: number; least: number; most: number; step: number; unit: string; set: (value: number) => void }) {
  const [value, setValue] = useState(props.value);
  useEffect(() => setValue(props.value), [props.value]);
  return (
    <label class="row">
      <span>{props.what}</span>
      <input type="range" min={props.least} max={props.most} step={props.step} value={value} onInput={(event) => setValue(Number(event.currentTarget.value))} onChange={(event) => props.set(Number(event.currentTarget.value))} />
      <output>
        {value}
        {props.unit}
      </output>
    </label>
  );
}

function DayField({ what, value, set }: { what: string; value: string; set: (day: string) => void }) {
  return (
    <label>
      <span>{what}</span>
      <input type="date" value={value} onChange={(event) => set(event.currentTarget.value)} />
    </label>
  );
}
