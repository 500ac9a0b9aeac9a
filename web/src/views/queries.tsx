import { useEffect, useState } from 'preact/hooks';
import { get, type Answer, type SavedQuery } from '../api';
import { t } from '../i18n';
import { go, href, location } from '../location';
import { Empty, Failed, Loading, useAsked } from '../parts/states';
import { filled } from '../queries/filled';
import { NameField } from '../queries/field';
import { paramWords, queryWords, takesName } from '../queries/words';
import { revision, status } from '../server';
import '../styles/queries.css';
import { AnswerView } from '../table/answer';
import { Copy } from '../text/copy';
import '../styles/page.css';

type Values = Record<string, string>;

/** The values in the address: `param=name=泰坦科技` for each, as `tupu query --set` has them. */
function values(): Values {
  const given = location.value.parameters.getAll('param').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? undefined : ([pair.slice(0, at), pair.slice(at + 1)] as const);
  });
  return Object.fromEntries(given.filter((pair) => pair !== undefined));
}

function address(name: string, given: Values): URLSearchParams {
  const pairs = Object.entries(given).filter(([, value]) => value);
  return new URLSearchParams([['name', name], ...pairs.map(([param, value]) => ['param', `${param}=${value}`])]);
}

/** Questions that researchers ask, each with a form for what it leaves open. */
export function QueriesView() {
  const { answer: queries, error, again } = useAsked('queries', (signal) => get<SavedQuery[]>('queries', {}, signal));
  const name = location.value.parameters.get('name');
  if (error) return <Failed error={error} again={again} />;
  if (!queries) return <Loading />;
  const query = queries.find((one) => one.name === name);
  if (query) return <Question key={query.name} query={query} all={queries} />;
  return (
    <div class="queries page">
      <h1>{t('问题', 'Questions')}</h1>
      {name && <p class="quiet">{t(`没有叫“${name}”的问题，下面是全部。`, `There is no question “${name}”; these are all.`)}</p>}
      {queries.length === 0 && <Empty title={t('没有存下的问题', 'No questions are saved')} />}
      <ul class="cards">
        {queries.map((one) => {
          const { title, about } = queryWords(one);
          return (
            <li key={one.name}>
              <a href={href('queries', { name: one.name })}>
                <strong>{title}</strong>
                <span>{about}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Whether all that has no default is given. */
function answerable(query: SavedQuery, given: Values): boolean {
  return query.params.every((param) => param.default !== undefined || given[param.name]);
}

function Question({ query, all }: { query: SavedQuery; all: SavedQuery[] }) {
  const given = values();
  const { title, about } = queryWords(query);
  const ready = answerable(query, given);
  const known = Object.fromEntries(query.params.flatMap(({ name }) => (given[name] ? [[name, given[name]]] : [])));
  const key = ready ? JSON.stringify([query.name, known, revision.value]) : undefined;
  const { answer, error, pending, again } = useAsked(key, (signal) => get<Answer>(`queries/${encodeURIComponent(query.name)}`, known, signal));
  return (
    <div class="queries page wide">
      <nav class="bar">
        <a href={href('queries')}>← {t('全部问题', 'All questions')}</a>
        <select
          aria-label={t('换一个问题', 'Another question')}
          value={query.name}
          onChange={(event) => go('queries', { name: event.currentTarget.value })}
        >
          {all.map((one) => (
            <option key={one.name} value={one.name}>
              {queryWords(one).title}
            </option>
          ))}
        </select>
      </nav>
      <h1>{title}</h1>
      <p class="about">{about}</p>
      <Form query={query} given={known} />
      {error && <Failed error={error} again={again} />}
      {!ready && <Empty title={t('填好带 * 的空再问', 'Fill what has a * to ask')} />}
      {ready && !answer && !error && <Loading what={t('正在查…', 'Asking …')} />}
      {ready && answer && (
        <div aria-busy={pending} class={pending ? 'stale' : undefined}>
          <AnswerView answer={answer} name={query.name}>
            <a class="button" href={href('sparql', { query: filled(query, known, status.value?.base ?? '') })}>
              {t('在 SPARQL 里打开', 'Open in SPARQL')}
            </a>
            <Copy text={() => window.location.href}>{t('复制链接', 'Copy link')}</Copy>
          </AnswerView>
        </div>
      )}
    </div>
  );
}

function Form({ query, given }: { query: SavedQuery; given: Values }) {
  const [typed, setTyped] = useState(given);
  const key = JSON.stringify(given);
  useEffect(() => setTyped(given), [key]);
  if (query.params.length === 0) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    go('queries', address(query.name, typed));
  };
  return (
    <form class="parameters" onSubmit={submit}>
      {query.params.map((param) => {
        const { title, about } = paramWords(query, param);
        const set = (value: string) => setTyped((before) => ({ ...before, [param.name]: value }));
        const value = typed[param.name] ?? '';
        return (
          <label key={param.name}>
            <span>
              {title}
              {param.default === undefined && ' *'}
            </span>
            <NameField value={value} set={set} suggest={takesName(param)} usual={param.default} />
            <small class="quiet">{about}</small>
          </label>
        );
      })}
      <p class="acts">
        <button type="submit" class="primary">
          {t('查询', 'Ask')}
        </button>
        {Object.keys(given).length > 0 && (
          <button type="button" onClick={() => go('queries', { name: query.name })}>
            {t('清空', 'Clear')}
          </button>
        )}
      </p>
    </form>
  );
}
