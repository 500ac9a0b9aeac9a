import type { Cell } from '../api';

export interface Order {
  column: number;
  down: boolean;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** The number that a cell holds, with a bound and a unit or without: `>150000 只`. */
export function numeric(cell: Cell | null | undefined): number | undefined {
  if (cell?.kind !== 'literal') return undefined;
  const [, number] = /^[<>~≈≥≤]?\s*(-?\d+(?:\.\d+)?)(?:\s.*)?$/.exec(cell.text) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Rows in another order: numbers by value, words as dictionaries have them, what is empty last. */
export function sorted(rows: (Cell | null)[][], order: Order | undefined): (Cell | null)[][] {
  if (!order) return rows;
  const { column, down } = order;
  const compare = (one: Cell | null | undefined, other: Cell | null | undefined) => {
    if (!one?.text || !other?.text) return Number(!one?.text) - Number(!other?.text);
    const [a, b] = [numeric(one), numeric(other)];
    const by = a !== undefined && b !== undefined ? a - b : collator.compare(one.text, other.text);
    return down ? -by : by;
  };
  return [...rows].sort((a, b) => compare(a[column], b[column]));
}
