import { useEffect, useState } from 'preact/hooks';
import { post, type Answer } from '../api';
import { t } from '../i18n';
import { go, location } from '../location';
import { Loading, useAsked } from '../parts/states';
import { revision } from '../server';
import { EXAMPLES } from '../sparql/examples';
import { QueryField } from '../sparql/field';
import { asked, forget, remember } from '../sparql/history';
import type { Place } from '../sparql/codemirror';
import '../styles/sparql.css';
import { AnswerView } from '../table/answer';
import { Copy } from '../text/copy';
import '../styles/page.css';

/** Where the server's message says that a query is wrong: `… at 3:11: …`. */
function place(message: string | undefined): Place | undefined {
  const [, line, column] = /\bat (\d+):(\d+)/.exec(message ?? '') ?? [];
  return line && column ? { line: Number(line), column: Number(column) } : undefined;
}

/** The first line of a query that says something. */
function title(query: string): string {
  const lines = query.split('\n').map((line) => line.trim());
  return lines.find((line) => line && !/^PREFIX\b/i.test(line)) ?? query;
}

/** Queries of one's own. The one that is answered stands in the address. */
export function SparqlView() {
  const query = location.value.parameters.get('query') ?? '';
  const [given, give] = useState({ text: query || (EXAMPLES[0]?.query ?? '') });
  const [text, setText] = useState(given.text);
  const [visits, setVisits] = useState(0);
  const put = (text: string) => (setText(text), give({ text }));
  const key = query.trim() ? JSON.stringify([query, revision.value]) : undefined;
  const { answer, error, pending, again } = useAsked(key, () => post<Answer>('query', { query }));
  useEffect(() => {
    if (!query) return;
    if (query !== text) put(query);
    remember(query);
  }, [query]);

  const take = (query: string) => (put(query), go('sparql', { query }));
  const run = () => {
    if (!text.trim()) return;
    if (text === query) again();
    else go('sparql', { query: text });
  };
  const wrong = text === query ? place(error) : undefined;
  return (
    <div class="sparql">
      <section class="asking">
        <QueryField given={given} change={setText} run={run} wrong={wrong} visits={visits} />
        <div class="bar">
          <button type="button" class="primary" onClick={run} disabled={!text.trim()}>
            {t('运行', 'Run')} <kbd>Ctrl</kbd>+<kbd>Enter</kbd>
          </button>
          <span class="quiet">
            {t('Ctrl+空格：补全，中文名也可以。前缀不必声明。', 'Ctrl+Space completes, by Chinese labels too. Prefixes need not be declared.')}
          </span>
          {query && (
            <span class="end">
              <Copy text={() => window.location.href}>{t('复制链接', 'Copy link')}</Copy>
            </span>
          )}
        </div>
      </section>
      <aside class="offers">
        <h2>{t('例子', 'Examples')}</h2>
        <ul>
          {EXAMPLES.map((example) => (
            <li key={example.title[1]}>
              <button type="button" class="as-link" onClick={() => take(example.query)}>
                {t(...example.title)}
              </button>
            </li>
          ))}
        </ul>
        {asked.value.length > 0 && (
          <>
            <h2>
              {t('问过的', 'Asked before')}
              <button type="button" class="as-link end" onClick={forget}>
                {t('清除', 'Clear')}
              </button>
            </h2>
            <ul class="asked">
              {asked.value.map((one) => (
                <li key={one}>
                  <button type="button" class="as-link" title={one} onClick={() => take(one)}>
                    {title(one)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </aside>
      <section class="answers">
        {error && (
          <div class="query-error" role="alert">
            <span>{error}</span>
            {wrong && (
              <button type="button" onClick={() => setVisits(visits + 1)}>
                {t(`到第 ${wrong.line} 行`, `Go to line ${wrong.line}`)}
              </button>
            )}
          </div>
        )}
        {pending && !answer && <Loading what={t('正在查…', 'Asking …')} />}
        {answer && !error && (
          <div aria-busy={pending} class={pending ? 'stale' : undefined}>
            <AnswerView answer={answer} name="tupu-query" />
          </div>
        )}
        {!query && !pending && (
          <p class="quiet">
            {t('写好查询再运行，或从右边选一个例子。', 'Write a query and run it, or take an example.')}
          </p>
        )}
      </section>
    </div>
  );
}
