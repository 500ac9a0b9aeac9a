import type { FunctionComponent } from 'preact';
import { language, t } from './i18n';
import { go, href, location, type View } from './location';
import { EntityPicker } from './parts/picker';
import { Failed, Loading } from './parts/states';
import { failure, schema, status } from './server';
import { theme } from './theme';
import { DocumentsView } from './views/documents';
import { GraphView } from './views/graph';
import { PathView } from './views/path';
import { QueriesView } from './views/queries';
import { ReadView } from './views/read';
import { ReviewView } from './views/review';
import { SparqlView } from './views/sparql';

const VIEWS: [View, [string, string], FunctionComponent][] = [
  ['graph', ['图', 'Graph'], GraphView],
  ['path', ['路径', 'Paths'], PathView],
  ['documents', ['文献', 'Documents'], DocumentsView],
  ['queries', ['问题', 'Questions'], QueriesView],
  ['sparql', ['SPARQL', 'SPARQL'], SparqlView],
  ['read', ['试读', 'Read a text'], ReadView],
  ['review', ['审阅', 'Review'], ReviewView],
];

/** The frame around every view: where one can go, and the search that stands above all. */
export function App() {
  const at = location.value.view;
  const shown = VIEWS.filter(([view]) => view !== 'review' || status.value?.review);
  const Current = VIEWS.find(([view]) => view === at)?.[2] ?? GraphView;
  return (
    <>
      <header class="top">
        <a class="brand" href={href('graph')}>
          <img src="./icon.svg" alt="" width="22" height="22" /> 图谱
        </a>
        <EntityPicker
          placeholder={t('搜索人物、机构、地点、物品… 可用拼音首字母', 'Search people, organisations, places, goods …')}
          shortcut="/"
          take={(entity) => go('graph', { nodes: entity.id, expand: entity.id, top: '0', select: entity.id })}
        />
        <nav>
          {shown.map(([view, words]) => (
            <a key={view} href={href(view)} aria-current={view === at ? 'page' : undefined}>
              {t(...words)}
            </a>
          ))}
        </nav>
        <div class="tools">
          <button type="button" onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}>
            {t('English', '中文')}
          </button>
          <button
            type="button"
            aria-label={t('明暗', 'Light or dark')}
            title={t('明暗', 'Light or dark')}
            onClick={() => (theme.value = theme.value === 'dark' ? 'light' : 'dark')}
          >
            {theme.value === 'dark' ? '☀' : '☾'}
          </button>
        </div>
      </header>
      <main class={`view-${at}`}>
        {schema.value ? <Current /> : failure.value ? <Failed error={failure.value} /> : <Loading what={t('正在载入图谱…', 'The graph is being loaded …')} />}
      </main>
    </>
  );
}
