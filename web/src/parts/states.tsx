import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { revision } from '../server';

/** While something is asked for. What comes at once shows nothing. */
export function Loading({ what }: { what?: string }) {
  return (
    <p class="state loading" role="status">
      <span class="spinner" aria-hidden="true" /> {what ?? t('正在读取…', 'Loading …')}
    </p>
  );
}

/** Where there is nothing to show, and what to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state empty">
      <strong>{title}</strong>
      {children && <div>{children}</div>}
    </div>
  );
}

/** What went wrong. */
export function Failed({ error, again }: { error: string; again?: () => void }) {
  return (
    <div class="state failed" role="alert">
      <strong>{t('没有成功', 'That did not work')}</strong>
      <div>{error}</div>
      {again && (
        <button type="button" onClick={again}>
          {t('重试', 'Try again')}
        </button>
      )}
    </div>
  );
}

/** What was asked for: nothing yet, an answer, or an error. The last answer stays while the next one is asked for. */
export interface Asked<T> {
  answer?: T;
  error?: string;
  pending: boolean;
  again: () => void;
}

/** Asks whenever `key` changes or a decision is made; an earlier question is dropped. Nothing is asked while `key` is undefined. */
export function useAsked<T>(key: string | undefined, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, set] = useState<{ answer?: T; error?: string; pending: boolean }>({ pending: key !== undefined });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === undefined) {
      set({ pending: false });
      return;
    }
    const controller = new AbortController();
    set((before) => ({ ...before, pending: true }));
    ask(controller.signal).then(
      (answer) => controller.signal.aborted || set({ answer, pending: false }),
      (error: Error) => controller.signal.aborted || set({ error: error.message, pending: false }),
    );
    return () => controller.abort();
  }, [key, round, revision.value]);
  return { ...state, again: () => setRound(round + 1) };
}
