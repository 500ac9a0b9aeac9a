import type { ComponentChildren } from 'preact';
import type { Answer } from '../api';
import { number, t } from '../i18n';
import { Empty } from '../parts/states';
import { Copy } from '../text/copy';
import { csv, download } from './csv';
import { ResultTable } from './table';
import { rowCount } from './words';
import '../styles/tables.css';

/** What a query answered, with what can be done with it. `name` is that of the downloaded file, without its ending. */
export function AnswerView({ answer, name, children }: { answer: Answer; name: string; children?: ComponentChildren }) {
  const took = t(`用时 ${number(answer.ms)} 毫秒`, `${number(answer.ms)} ms`);
  if (answer.kind === 'boolean') {
    return (
      <section class="answer">
        <Bar says={took}>{children}</Bar>
        <p class="yes-no">{answer.value ? t('是', 'Yes') : t('否', 'No')}</p>
      </section>
    );
  }
  if (answer.kind === 'triples') {
    const count = t(`${number(answer.count)} 条三元组`, `${number(answer.count)} triples`);
    const cut = answer.truncated ? t('（已截断）', ' (cut off)') : '';
    return (
      <section class="answer">
        <Bar says={`${count}${cut} · ${took}`}>
          <Copy text={() => answer.turtle}>{t('复制', 'Copy')}</Copy>
          <button type="button" onClick={() => download(`${name}.ttl`, new Blob([answer.turtle], { type: 'text/turtle' }))}>
            {t('下载 Turtle', 'Download Turtle')}
          </button>
          {children}
        </Bar>
        <pre class="turtle" tabIndex={0}>
          {answer.turtle}
        </pre>
      </section>
    );
  }
  return (
    <section class="answer">
      <Bar says={`${rowCount(answer.rows.length, answer.truncated)} · ${took}`}>
        {answer.rows.length > 0 && (
          <button type="button" onClick={() => download(`${name}.csv`, csv(answer.columns, answer.rows))}>
            {t('下载 CSV', 'Download CSV')}
          </button>
        )}
        {children}
      </Bar>
      {answer.rows.length > 0 ? (
        <ResultTable columns={answer.columns} rows={answer.rows} />
      ) : (
        <Empty title={t('没有符合的结果', 'Nothing matches')}>{t('换一个名称或放宽条件再试。', 'Try another name, or fewer conditions.')}</Empty>
      )}
    </section>
  );
}

function Bar({ says, children }: { says: string; children?: ComponentChildren }) {
  return (
    <div class="bar">
      <span class="quiet" role="status">
        {says}
      </span>
      <span class="acts end">{children}</span>
    </div>
  );
}
