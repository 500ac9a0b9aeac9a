import { Fragment } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get, type Cell, type Facts } from '../api';
import { t } from '../i18n';
import { FactCard } from '../parts/fact';
import { Failed, Loading, useAsked } from '../parts/states';
import { CellValue } from './cell';
import { numeric, sorted, type Order } from './sort';
import { columnLabel } from './words';

/** Rows that are drawn at once, and by how many more are. */
const PAGE = 200;

/** How a text stands in its column: dates in one line, sentences with room. */
function width(text = ''): 'short' | 'long' | undefined {
  if (/^[\d/-]{1,21}$/.test(text)) return 'short';
  return text.length > 24 ? 'long' : undefined;
}

/** The fact of a row, with its words. */
function Evidence({ fact }: { fact: string }) {
  const { answer, error, again } = useAsked(fact, (signal) => get<Facts>('facts', { ids: [fact] }, signal));
  if (error) return <Failed error={error} again={again} />;
  if (!answer) return <Loading />;
  return answer.facts.length > 0 ? (
    <>
      {answer.facts.map((one) => (
        <FactCard key={one.id} fact={one} />
      ))}
    </>
  ) : (
    <p class="quiet">{t('图里没有这条事实了。', 'The graph no longer has this fact.')}</p>
  );
}

/** A table of answers: sorted by a click on a column, a fact's words under its row. */
export function ResultTable({ columns, rows }: { columns: string[]; rows: (Cell | null)[][] }) {
  const [order, setOrder] = useState<Order>();
  const [shown, setShown] = useState(PAGE);
  const [open, setOpen] = useState<{ row: (Cell | null)[]; fact: string }>();
  useEffect(() => (setOrder(undefined), setShown(PAGE), setOpen(undefined)), [rows]);
  const inOrder = useMemo(() => sorted(rows, order), [rows, order]);
  const numbers = useMemo(
    () => columns.map((_, at) => rows.some((row) => row[at]) && rows.every((row) => !row[at] || numeric(row[at]) !== undefined)),
    [columns, rows],
  );

  // A column is sorted up, then down, then not.
  const sort = (column: number) =>
    setOrder(order?.column !== column ? { column, down: false } : order.down ? undefined : { column, down: true });
  return (
    <div class="results" tabIndex={0} role="region" aria-label={t('结果', 'Results')}>
      <table>
        <thead>
          <tr>
            {columns.map((column, at) => {
              const how = order?.column === at ? (order.down ? 'descending' : 'ascending') : undefined;
              return (
                <th key={column} scope="col" aria-sort={how} class={numbers[at] ? 'number' : undefined}>
                  <button type="button" class="as-link" title={`?${column}`} onClick={() => sort(at)}>
                    {columnLabel(column)} <span aria-hidden="true">{how === 'descending' ? '▾' : how ? '▴' : ''}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {inOrder.slice(0, shown).map((row, at) => (
            <Fragment key={at}>
              <tr>
                {columns.map((column, at) => (
                  <td key={column} class={numbers[at] ? 'number' : width(row[at]?.text)}>
                    <CellValue
                      cell={row[at] ?? null}
                      open={open?.row === row && open.fact === row[at]?.id}
                      toggle={(fact) => setOpen(open?.row === row && open.fact === fact ? undefined : { row, fact })}
                    />
                  </td>
                ))}
              </tr>
              {open?.row === row && (
                <tr class="opened">
                  <td colSpan={columns.length}>
                    <Evidence fact={open.fact} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <p class="more-rows">
          <button type="button" onClick={() => setShown(shown + 5 * PAGE)}>
            {t(`再显示一些（还有 ${rows.length - shown} 行）`, `Show more (${rows.length - shown} left)`)}
          </button>
        </p>
      )}
    </div>
  );
}
