import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get, type Timeline as Days } from '../api';
import { label, number, t } from '../i18n';
import { useAsked } from '../parts/states';
import { factTypes } from '../server';
import { bins, fromDay, toDay, unitOf, usualSpan, type Bin } from './days';
import { change, chosen, type GraphState } from './state';
import { shadeOf } from './shades';

const HEIGHT = 62;
const UNITS = { day: ['日', 'day'], week: ['周', 'week'], month: ['月', 'month'], year: ['年', 'year'] } as const;

type Span = [number, number];

/** What a bar stands for: `2020-01-27`, or its first and last day. */
function period(from: number, to: number): string {
  return to - from === 1 ? fromDay(from) : `${fromDay(from)}..${fromDay(to - 1)}`;
}

/** How many facts there are of each day: a bar leads to the facts of its days, and days that are drawn over filter the graph. */
export function Timeline({ state }: { state: GraphState }) {
  const query = chosen(state, false).toString();
  const { answer } = useAsked(query, (signal) => get<Days>(`timeline?${query}`, {}, signal));
  const usual = useMemo(() => answer && usualSpan(answer.days), [answer]);
  const [zoomed, setZoomed] = useState<Span | undefined>();
  if (!answer) return <section class="timeline" aria-busy="true" />;
  const span = zoomed ?? usual;
  const whole: Span | undefined = usual && [Math.min(usual[0], toDay(answer.days[0]?.day ?? '')), Math.max(usual[1], toDay(answer.days.at(-1)?.day ?? '') + 1)];
  const unit = span && unitOf(span[1] - span[0]);
  return (
    <section class="timeline" aria-label={t('时间轴', 'Timeline')}>
      <header>
        <strong>{t('时间轴', 'Timeline')}</strong>
        {span && unit && (
          <span class="quiet">
            {fromDay(span[0])} – {fromDay(span[1] - 1)} · {t(`每${UNITS[unit][0]}的事实`, `facts a ${UNITS[unit][1]}`)}
          </span>
        )}
        <span class="quiet">{t(`${number(answer.undated)} 条未注明日期`, `${number(answer.undated)} without a day`)}</span>
        <span class="end" />
        {(state.from || state.to) && (
          <span class="chip">
            {state.from || '…'} – {state.to || '…'}
            <button type="button" class="plain" aria-label={t('不限日期', 'All days')} onClick={() => change({ from: '', to: '', day: '' })}>
              ✕
            </button>
          </span>
        )}
        {span && (
          <>
            <button type="button" class="small" aria-label={t('放大时间轴', 'Zoom in')} onClick={() => setZoomed(scaled(span, 0.5, (span[0] + span[1]) / 2))}>
              ＋
            </button>
            <button type="button" class="small" aria-label={t('缩小时间轴', 'Zoom out')} onClick={() => whole && setZoomed(clamp(scaled(span, 2, (span[0] + span[1]) / 2), whole))}>
              －
            </button>
            <button type="button" class="small" disabled={!whole || (span[0] === whole[0] && span[1] === whole[1])} onClick={() => setZoomed(whole)}>
              {t('全部', 'All')}
            </button>
          </>
        )}
      </header>
      {span && unit && whole ? (
        <Bars state={state} all={bins(answer.days, span, unit)} span={span} zoom={(to) => setZoomed(clamp(to, whole))} />
      ) : (
        <p class="quiet">{t('所选的事实都没有日期。', 'None of the facts that are chosen has a day.')}</p>
      )}
    </section>
  );
}

function scaled([from, to]: Span, by: number, around: number): Span {
  const [low, high] = [Math.round(around - (around - from) * by), Math.round(around + (to - around) * by)];
  return high - low < 7 ? [Math.round(around) - 4, Math.round(around) + 4] : [low, high];
}

function clamp([from, to]: Span, [first, last]: Span): Span {
  return [Math.max(from, first), Math.max(Math.min(to, last), Math.max(from, first) + 1)];
}

function Bars({ state, all, span, zoom }: { state: GraphState; all: Bin[]; span: Span; zoom: (to: Span) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [drag, setDrag] = useState<[number, number] | undefined>();
  const [at, setAt] = useState<number | undefined>();
  const [cursor, setCursor] = useState(false);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const first = all[0]?.from ?? span[0];
  const last = all.at(-1)?.to ?? span[1];
  const x = (day: number) => ((day - first) / Math.max(1, last - first)) * width;
  const most = Math.max(1, ...all.map(({ count }) => count));
  const binAt = (px: number) => all.findIndex((bin) => x(bin.to) > px);
  const local = (event: PointerEvent | WheelEvent) => event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const open = (index: number) => {
    const bin = all[index];
    if (bin) change({ day: period(bin.from, bin.to), select: '' });
  };
  const brush = (one: number, other: number) => {
    const [low, high] = [all[Math.min(one, other)], all[Math.max(one, other)]];
    if (!low || !high) return;
    const [from, to] = [fromDay(low.from), fromDay(high.to - 1)];
    change({ from, to, day: from === to ? from : `${from}..${to}`, select: '' });
  };
  const up = (event: PointerEvent) => {
    if (!drag) return;
    setDrag(undefined);
    const end = Math.min(width - 1, Math.max(0, local(event)));
    const [one, other] = [binAt(drag[0]), binAt(end)];
    if (Math.abs(end - drag[0]) < 5) open(other);
    else brush(one, other);
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const here = at ?? (step === -1 ? all.length : -1);
    if (step) {
      // On to the next bar that has something.
      let to = here + step;
      while (to > 0 && to < all.length - 1 && !all[to]?.count) to += step;
      setAt(Math.max(0, Math.min(all.length - 1, to)));
      setCursor(true);
    } else if (event.key === 'Enter' && at !== undefined) event.shiftKey ? brush(at, at) : open(at);
    else if (event.key === '+' || event.key === '=') zoom(scaled(span, 0.5, all[here]?.from ?? (span[0] + span[1]) / 2));
    else if (event.key === '-') zoom(scaled(span, 2, all[here]?.from ?? (span[0] + span[1]) / 2));
    else if (event.key === 'Escape') (setAt(undefined), setCursor(false));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [shownFrom, shownTo] = (state.day || '').split('..');
  const told = at === undefined ? undefined : all[at];
  return (
    <div
      class="bars"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={t('每根柱是一段时间的事实：左右键移动，回车看事实', 'Each bar is the facts of some days: arrows move, Enter shows the facts')}
      onKeyDown={keys}
      onPointerDown={(event) => (event.currentTarget.setPointerCapture(event.pointerId), setDrag([local(event), local(event)]))}
      onPointerMove={(event) => {
        const px = local(event);
        if (drag) setDrag([drag[0], Math.min(width, Math.max(0, px))]);
        setAt(binAt(px));
        setCursor(false);
      }}
      onPointerUp={up}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => setAt(undefined)}
      onBlur={() => setAt(undefined)}
      onDblClick={(event) => {
        const bin = all[binAt(local(event as unknown as PointerEvent))];
        if (bin && bin.to - bin.from > 1) zoom([bin.from, bin.to]);
      }}
      onWheel={(event) => {
        event.preventDefault();
        zoom(scaled(span, event.deltaY > 0 ? 1.25 : 0.8, first + (local(event) / width) * (last - first)));
      }}
    >
      <svg width={width} height={HEIGHT + 16} aria-hidden="true">
        {state.from || state.to ? (
          <rect class="brush" x={state.from ? Math.max(0, x(toDay(state.from))) : 0} y="0" height={HEIGHT}
            width={Math.max(2, (state.to ? Math.min(width, x(toDay(state.to) + 1)) : width) - (state.from ? Math.max(0, x(toDay(state.from))) : 0))} />
        ) : null}
        {shownFrom && (
          <rect class="shown" y="0" height={HEIGHT} x={x(toDay(shownFrom)) - 1} width={Math.max(4, x(toDay(shownTo ?? shownFrom) + 1) - x(toDay(shownFrom))) + 2} />
        )}
        {all.map((bin, index) => bin.count > 0 && <Bar key={bin.from} bin={bin} x={x(bin.from)} width={x(bin.to) - x(bin.from)} most={most} lit={index === at} />)}
        {drag && Math.abs(drag[1] - drag[0]) > 4 && <rect class="brush" x={Math.min(...drag)} y="0" width={Math.abs(drag[1] - drag[0])} height={HEIGHT} />}
        <line x1="0" x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} class="axis" />
        {ticks(all, width).filter(({ day }) => x(day) < width - 62).map(({ day, words }) => (
          <text key={day} x={x(day)} y={HEIGHT + 12}>
            {words}
          </text>
        ))}
      </svg>
      {told && (told.count > 0 || cursor) && (
        <output class="tip" style={{ left: `${Math.min(width - 190, Math.max(0, x(told.from) - 60))}px` }}>
          <strong>{period(told.from, told.to).replace('..', ' – ')}</strong> {t(`${told.count} 条`, `${told.count} facts`)}
          {[...told.counts].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([type, count]) => (
            <span key={type}>
              <i class={`swatch shade-${shadeOf(type)}`} /> {label(factTypes.value.get(type)?.label, type)} {count}
            </span>
          ))}
        </output>
      )}
    </div>
  );
}

function Bar({ bin, x, width, most, lit }: { bin: Bin; x: number; width: number; most: number; lit: boolean }) {
  const gap = width > 4 ? 1 : 0;
  // A day with one fact is seen beside one with a hundred.
  const high = Math.max(5, (bin.count / most) * (HEIGHT - 4));
  let top = HEIGHT - high;
  const order = [...bin.counts].sort((one, other) => shadeOf(one[0]) - shadeOf(other[0]) || (one[0] < other[0] ? -1 : 1));
  return (
    <g class={lit ? 'bar lit' : 'bar'} data-day={fromDay(bin.from)} data-count={bin.count}>
      <rect class="reach" x={x} y="0" width={Math.max(1, width)} height={HEIGHT} />
      {order.map(([type, count]) => {
        const part = (count / bin.count) * high;
        top += part;
        return <rect key={type} class={`shade-${shadeOf(type)}`} x={x + gap / 2} y={top - part} width={Math.max(1.5, width - gap)} height={part} />;
      })}
    </g>
  );
}

/** As many dates below the bars as there is room for. */
function ticks(all: Bin[], width: number): { day: number; words: string }[] {
  const step = Math.max(1, Math.ceil(all.length / Math.max(1, Math.floor(width / 84))));
  const wide = (all[0]?.to ?? 0) - (all[0]?.from ?? 0);
  const words = (day: number) => fromDay(day).slice(0, wide > 300 ? 4 : wide > 20 ? 7 : 10);
  return all.filter((_, at) => at % step === 0).map((bin) => ({ day: bin.from, words: words(bin.from) }));
}
