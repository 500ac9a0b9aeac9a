import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post, type Annotated } from '../api';
import { number, t } from '../i18n';
import { Empty, useAsked } from '../parts/states';
import { EXAMPLE } from '../read/example';
import { textOf } from '../read/file';
import '../styles/read.css';
import { Reader } from '../text/reader';
import '../styles/page.css';

/** What is being read. It outlives a look at another view, but not the page. */
const draft = signal({ title: '', published: '', text: '' });

/** A value once it has not changed for a while (in milliseconds). */
function useSettled<T>(value: T, wait: number): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}

/** A text of one's own, read as one types: what the engine sees in it. Nothing of it is stored. */
export function ReadView() {
  const now = useSettled(draft.value, 300);
  const key = now.text.trim() ? JSON.stringify(now) : undefined;
  const { answer, error, pending } = useAsked(key, () => post<Annotated>('annotate', asked(now)));
  const last = useRef<Annotated | undefined>(undefined);
  if (answer) last.current = answer;
  const shown = key === undefined ? undefined : (answer ?? last.current);
  const [fact, chooseFact] = useState<string>();
  const [tokens, showTokens] = useState(false);
  return (
    <div class="read">
      <Draft />
      <section class="read-answer" aria-busy={pending}>
        {error && (
          <p class="refused" role="alert">
            {error}
          </p>
        )}
        {shown ? (
          <Reader document={shown} fact={fact} chooseFact={chooseFact} tokens={tokens} detached>
            <div class="bar">
              <label>
                <input type="checkbox" checked={tokens} onChange={(event) => showTokens(event.currentTarget.checked)} />{' '}
                {t('显示词和词性', 'Show words with parts of speech')}
              </label>
              <span class="quiet end" role="status">
                {pending
                  ? t('正在读…', 'Reading …')
                  : t(
                      `${number(shown.tokens.length)} 词 · ${number(shown.mentions.length)} 处提及`,
                      `${number(shown.tokens.length)} words · ${number(shown.mentions.length)} mentions`,
                    )}
              </span>
            </div>
          </Reader>
        ) : (
          !error && (
            <Empty title={t('粘贴一段中文试试', 'Paste some Chinese text')}>
              <p>{t('边写边读：提到了谁，说了什么事实，凭哪几个字。', 'It is read as you type: who is mentioned, what is stated, and by which words.')}</p>
              <button type="button" class="primary" onClick={() => (draft.value = EXAMPLE)}>
                {t('用一段例文', 'Take an example')}
              </button>
            </Empty>
          )
        )}
      </section>
    </div>
  );
}

/** What is sent: a title and day only where they are given. */
function asked({ text, title, published }: typeof draft.value): { text: string; title?: string; published?: string } {
  return { text, ...(title.trim() && { title: title.trim() }), ...(published && { published }) };
}

function Draft() {
  const file = useRef<HTMLInputElement>(null);
  const [refused, refuse] = useState<string>();
  const [over, setOver] = useState(false);
  const set = (changes: Partial<typeof draft.value>) => (draft.value = { ...draft.value, ...changes });
  const take = (taken: File | undefined | null) => {
    if (!taken) return;
    refuse(undefined);
    textOf(taken).then(
      (text) => set({ text, title: '', published: '' }),
      (error: Error) => refuse(error.message),
    );
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    event.preventDefault();
    take(dropped);
  };
  return (
    <section class="draft">
      <h1>{t('试读一段文字', 'Read a text')}</h1>
      <p class="quiet">{t('只在这台机器上读，不存下来，也不进图谱。', 'Read on this machine alone; not stored, and not put into the graph.')}</p>
      <div class="bar">
        <input
          class="grow"
          value={draft.value.title}
          placeholder={t('标题（可不填）', 'Title (optional)')}
          aria-label={t('标题（可不填）', 'Title (optional)')}
          onInput={(event) => set({ title: event.currentTarget.value })}
        />
        <input
          type="date"
          value={draft.value.published}
          aria-label={t('发布日期（可不填）：“今天”“11日”靠它推算', 'Day of publication (optional): “today” is resolved by it')}
          title={t('发布日期（可不填）：“今天”“11日”靠它推算', 'Day of publication (optional): “today” is resolved by it')}
          onInput={(event) => set({ published: event.currentTarget.value })}
        />
      </div>
      <textarea
        class={over ? 'over' : undefined}
        value={draft.value.text}
        spellcheck={false}
        placeholder={t('在这里写、粘贴，或把 .txt、.md 文件拖进来', 'Write or paste here, or drop a .txt or .md file')}
        aria-label={t('要读的文字', 'The text to read')}
        onInput={(event) => set({ text: event.currentTarget.value })}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      />
      {refused && (
        <p class="refused" role="alert">
          {refused}
        </p>
      )}
      <div class="bar">
        <button type="button" onClick={() => file.current?.click()}>
          {t('打开文件…', 'Open a file …')}
        </button>
        <button type="button" onClick={() => (draft.value = EXAMPLE)}>
          {t('例文', 'Example')}
        </button>
        <button type="button" disabled={!draft.value.text} onClick={() => set({ text: '', title: '', published: '' })}>
          {t('清空', 'Clear')}
        </button>
        <input
          ref={file}
          type="file"
          accept=".txt,.md,text/plain,text/markdown"
          hidden
          onChange={(event) => (take(event.currentTarget.files?.[0]), (event.currentTarget.value = ''))}
        />
      </div>
    </section>
  );
}
