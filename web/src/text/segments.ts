/** Something said of a stretch of a text: offsets in UTF-16 code units, half-open. */
export interface Span<T> {
  start: number;
  end: number;
  value: T;
}

/** A stretch over which the same spans lie, the longest first. */
export interface Segment<T> {
  start: number;
  end: number;
  spans: Span<T>[];
}

/**
 * A text of `length` cut where any span begins or ends, so that spans may lie within or across one another. What lies
 * outside the text is cut off; empty spans say nothing. Sweeps once, so that its time is that of sorting.
 */
export function segments<T>(length: number, spans: Span<T>[]): Segment<T>[] {
  const inside = spans
    .map((span) => ({ ...span, start: Math.max(0, span.start), end: Math.min(length, span.end) }))
    .filter((span) => span.start < span.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = [...new Set([0, length, ...inside.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const out: Segment<T>[] = [];
  let open: Span<T>[] = [];
  let next = 0;
  for (const [at, start] of cuts.entries()) {
    const end = cuts[at + 1];
    if (end === undefined) break;
    open = open.filter((span) => span.end > start);
    for (let span = inside[next]; span && span.start === start; span = inside[++next]) open.push(span);
    out.push({ start, end, spans: [...open].sort((a, b) => b.end - b.start - (a.end - a.start)) });
  }
  return out;
}
