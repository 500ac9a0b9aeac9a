import { useEffect, useRef, useState } from 'preact/hooks';
import { get, type Document, type Documents, type DocumentRef, type DocumentSummary } from '../api';
import { number, t } from '../i18n';
import { go, href, location } from '../location';
import { DecideFact } from '../parts/decide';
import { Empty, Failed, Loading, useAsked } from '../parts/states';
import { revision, status } from '../server';
import '../styles/documents.css';
import { Away, isWeb } from '../table/cell';
import { citation } from '../text/citation';
import { Copy } from '../text/copy';
import { Marked } from '../text/marked';
import { Reader } from '../text/reader';
import '../styles/page.css';

/** Documents of one page of the list. */
const PAGE = 40;

const SORTS: [string, [string, string]][] = [
  ['', ['最新的在前', 'Newest first']],
  ['facts', ['事实多的在前', 'Most facts']],
  ['title', ['按标题', 'By title']],
  ['id', ['按编号', 'By id']],
];

/** What was read: the list of documents, or one of them (`id`) beside its facts. */
export function DocumentsView() {
  const id = location.value.parameters.get('id');
  return id ? <Reading id={id} /> : <List />;
}

/** The list with some of its parameters changed; what is empty leaves the address. */
function listed(changes: Record<string, string>): URLSearchParams {
  const to = new URLSearchParams(location.value.parameters);
  for (const [name, value] of Object.entries(changes)) value ? to.set(name, value) : to.delete(name);
  return to;
}

function List() {
  const { parameters } = location.value;
  const [q, sort] = [parameters.get('q') ?? '', parameters.get('sort') ?? ''];
  const offset = Math.max(0, Number.parseInt(parameters.get('offset') ?? '0', 10) || 0);
  const [words, setWords] = useState(q);
  const results = useRef<HTMLOListElement>(null);
  const key = JSON.stringify([q, sort, offset, revision.value]);
  const { answer, error, pending, again } = useAsked(key, (signal) =>
    get<Documents>('documents', { q, sort, offset: offset || undefined, limit: PAGE }, signal),
  );
  useEffect(() => setWords(q), [q]);
  useEffect(() => {
    if (words === q) return;
    const timer = setTimeout(() => go('documents', listed({ q: words, offset: '' }), true), 250);
    return () => clearTimeout(timer);
  }, [words]);

  // Down goes from the field into the list; Up and Down go through it.
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || event.isComposing) return;
    const links = [...(results.current?.querySelectorAll<HTMLElement>('.title') ?? [])];
    const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
    if (next) (event.preventDefault(), next.focus());
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (words !== q) go('documents', listed({ q: words, offset: '' }));
  };
  return (
    <div class="document-list page" onKeyDown={keys}>
      <h1>{t('文献', 'Documents')}</h1>
      <form class="bar" role="search" onSubmit={submit}>
        <input
          type="search"
          value={words}
          placeholder={t('搜索标题和正文', 'Search titles and texts')}
          aria-label={t('搜索标题和正文', 'Search titles and texts')}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <select
          value={sort}
          aria-label={t('排序', 'Order')}
          onChange={(event) => go('documents', listed({ sort: event.currentTarget.value, offset: '' }))}
        >
          {SORTS.map(([value, label]) => (
            <option key={value} value={value}>
              {t(...label)}
            </option>
          ))}
        </select>
        <span class="quiet" role="status">
          {answer && t(`${number(answer.total)} 篇`, `${number(answer.total)} documents`)}
          {pending && answer && '…'}
        </span>
      </form>
      {error && <Failed error={error} again={again} />}
      {!answer && !error && <Loading />}
      {answer?.total === 0 && <NoDocuments q={q} />}
      {answer && answer.documents.length > 0 && (
        <>
          <ol class="list" ref={results}>
            {answer.documents.map((one) => (
              <Row key={one.id} document={one} />
            ))}
          </ol>
          <Paging offset={offset} total={answer.total} />
        </>
      )}
    </div>
  );
}

function NoDocuments({ q }: { q: string }) {
  return q ? (
    <Empty title={t(`没有文献含有“${q}”`, `No document has “${q}”`)}>
      {t('试试短一些的词。', 'Try a shorter word.')} <a href={href('documents')}>{t('看全部文献', 'All documents')}</a>
    </Empty>
  ) : (
    <Empty title={t('还没有文献', 'There are no documents yet')}>
      {t('用 tupu build 读入文字，再重新启动 tupu serve。', 'Read texts with tupu build, and start tupu serve again.')}
    </Empty>
  );
}

/** Where a document comes from, in one line. */
function origin(document: DocumentRef & { author?: string }): string {
  return [document.source, document.author, document.published].filter(Boolean).join(' · ');
}

function Row({ document }: { document: DocumentSummary }) {
  const figures = [
    t(`${number(document.facts)} 条事实`, `${number(document.facts)} facts`),
    t(`${number(document.entities)} 个实体`, `${number(document.entities)} entities`),
    t(`${number(document.length)} 字`, `${number(document.length)} characters`),
    document.reprints > 0 && t(`${document.reprints} 处转载`, `${document.reprints} reprints`),
  ];
  return (
    <li>
      <a class="title" href={href('documents', { id: document.id })}>
        {document.title ?? document.id}
      </a>
      <div class="quiet">{[origin(document), ...figures].filter(Boolean).join(' · ')}</div>
      {document.snippet && (
        <p class="snippet">
          <Marked text={document.snippet.text} marks={document.snippet.marks} />
        </p>
      )}
    </li>
  );
}

function Paging({ offset, total }: { offset: number; total: number }) {
  if (total <= PAGE && offset === 0) return null;
  const at = (to: number) => href('documents', listed({ offset: to > 0 ? String(to) : '' }));
  return (
    <nav class="paging" aria-label={t('页', 'Pages')}>
      {offset > 0 ? <a href={at(offset - PAGE)}>← {t('上一页', 'Previous')}</a> : <span />}
      <span class="quiet">
        {number(offset + 1)}–{number(Math.min(offset + PAGE, total))} / {number(total)}
      </span>
      {offset + PAGE < total ? <a href={at(offset + PAGE)}>{t('下一页', 'Next')} →</a> : <span />}
    </nav>
  );
}

function Reading({ id }: { id: string }) {
  const { parameters } = location.value;
  const { answer, error, pending, again } = useAsked(JSON.stringify([id, revision.value]), (signal) => get<Document>('document', { id }, signal));
  const chooseFact = (fact: string | undefined) => go('documents', { id, ...(fact && { fact }) }, true);
  if (error) return <Failed error={error} again={again} />;
  // Of a reprint the answer is the document that it repeats.
  if (!answer || (pending && answer.id !== id)) return <Loading />;
  return (
    <Reader
      key={answer.id}
      document={answer}
      fact={parameters.get('fact') ?? undefined}
      chooseFact={chooseFact}
      acts={(fact) => (
        <>
          <Copy text={() => citation(answer, fact)}>{t('复制引文', 'Copy citation')}</Copy>
          <a href={graphOf(fact.roles.flatMap((filler) => (filler.entity ? [filler.entity.id] : [])))}>{t('在图中看', 'In the graph')}</a>
          {status.value?.review && <DecideFact fact={fact} />}
        </>
      )}
    >
      <Head document={answer} />
    </Reader>
  );
}

/** Some entities in the graph, and nothing else. */
function graphOf(entities: string[]): string {
  return href('graph', new URLSearchParams([['top', '0'], ...[...new Set(entities)].map((id) => ['nodes', id])]));
}

function Head({ document }: { document: Document }) {
  return (
    <header class="document-head">
      <nav class="quiet">
        <a href={href('documents')}>← {t('全部文献', 'All documents')}</a>
      </nav>
      <h1>{document.title ?? document.id}</h1>
      <div class="quiet">
        {origin(document)}
        {isWeb(document.url) && (
          <>
            {' · '}
            <Away to={document.url}>{document.url}</Away>
          </>
        )}
      </div>
      <div class="acts">
        <Copy text={() => citation(document)}>{t('复制出处', 'Copy reference')}</Copy>
        <button type="button" onClick={() => print()}>
          {t('打印', 'Print')}
        </button>
      </div>
      {document.reprints.length > 0 && (
        <details>
          <summary>{t(`${document.reprints.length} 处转载`, `${document.reprints.length} reprints`)}</summary>
          <ul>
            {document.reprints.map((one) => (
              <li key={one.id}>
                {isWeb(one.url) ? <Away to={one.url}>{one.title ?? one.id}</Away> : (one.title ?? one.id)} <span class="quiet">{origin(one)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </header>
  );
}
