// Days are counted from 1970-01-01 and written YYYY-MM-DD; the calendar is the same everywhere (UTC).

export function toDay(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

export function fromDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export type Unit = 'day' | 'week' | 'month' | 'year';

/** The unit whose bars are many enough to tell something and wide enough to be hit. */
export function unitOf(days: number): Unit {
  return days <= 210 ? 'day' : days <= 1100 ? 'week' : days <= 7500 ? 'month' : 'year';
}

/** The first day of the unit that a day lies in. */
export function start(day: number, unit: Unit): number {
  if (unit === 'day') return day;
  // 1970-01-01 was a Thursday; weeks begin on Mondays.
  if (unit === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), unit === 'year' ? 0 : date.getUTCMonth(), 1) / 86_400_000;
}

/** The first day of the next unit. */
export function next(day: number, unit: Unit): number {
  if (unit === 'day') return day + 1;
  if (unit === 'week') return start(day, unit) + 7;
  return start(start(day, unit) + (unit === 'year' ? 370 : 32), unit);
}

export interface Bin {
  /** Its days: from the first up to, without, the last. */
  from: number;
  to: number;
  count: number;
  counts: Map<string, number>;
}

/** All bins of a span, empty ones too. */
export function bins(days: { day: string; counts: Record<string, number> }[], span: [number, number], unit: Unit): Bin[] {
  const all: Bin[] = [];
  for (let from = start(span[0], unit); from < span[1]; from = next(from, unit)) {
    all.push({ from, to: next(from, unit), count: 0, counts: new Map() });
  }
  let at = 0;
  for (const one of days) {
    const day = toDay(one.day);
    while (at < all.length && day >= (all[at]?.to ?? 0)) at += 1;
    const bin = all[at];
    if (!bin || day < bin.from) continue;
    for (const [type, count] of Object.entries(one.counts)) {
      bin.counts.set(type, (bin.counts.get(type) ?? 0) + count);
      bin.count += count;
    }
  }
  return all;
}

/** So many days are shown at least. */
const LEAST = 28;

/**
 * The span that is shown at first: all days, or where a few stray ones (1917 among news of today) would squeeze the rest,
 * those without them.
 */
export function usualSpan(days: { day: string; count: number }[]): [number, number] | undefined {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return undefined;
  let whole: [number, number] = [toDay(first.day), toDay(last.day) + 1];
  // One day alone would be as wide as the page.
  const lacking = LEAST - (whole[1] - whole[0]);
  if (lacking > 0) whole = [whole[0] - Math.ceil(lacking / 2), whole[1] + Math.ceil(lacking / 2)];
  if (unitOf(whole[1] - whole[0]) === 'day') return whole;
  const total = days.reduce((sum, { count }) => sum + count, 0);
  let [low, high, seen] = [whole[0], whole[1], 0];
  for (const { day, count } of days) {
    if (seen < total * 0.02) low = toDay(day);
    seen += count;
    if (seen <= total * 0.99) high = toDay(day) + 1;
  }
  return high - low < (whole[1] - whole[0]) * 0.6 ? [low, high] : whole;
}
