/** A text with some words marked: offsets sorted, none within another. */
export function Marked({ text, marks }: { text: string; marks: { start: number; end: number }[] }) {
  const parts = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at) continue;
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
