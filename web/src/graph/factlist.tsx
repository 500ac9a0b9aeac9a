import { useEffect, useState } from 'preact/hooks';
import { get, type Fact, type Facts } from '../api';
import { number, t } from '../i18n';
import { FactCard } from '../parts/fact';
import { Empty, Failed, Loading } from '../parts/states';

const PAGE = 15;

interface Page {
  of: string;
  facts: Fact[];
  total: number;
  error?: string;
}

/** The facts that a question (parameters of `/api/facts`) has, page by page. */
export function FactList({ question, none }: { question: URLSearchParams; none?: string }) {
  const of = question.toString();
  const [page, setPage] = useState<Page | undefined>();
  const [pending, setPending] = useState(true);
  const load = (before: Fact[], signal?: AbortSignal) => {
    const asked = new URLSearchParams(of);
    asked.set('offset', String(before.length));
    asked.set('limit', String(PAGE));
    setPending(true);
    get<Facts>(`facts?${asked}`, {}, signal).then(
      ({ facts, total }) => signal?.aborted || (setPage({ of, facts: [...before, ...facts], total }), setPending(false)),
      (error: Error) => signal?.aborted || (setPage({ of, facts: before, total: before.length, error: error.message }), setPending(false)),
    );
  };
  useEffect(() => {
    const controller = new AbortController();
    load([], controller.signal);
    return () => controller.abort();
  }, [of]);
  // What the last question had is no answer to this one.
  if (page?.of !== of) return <Loading />;
  if (page.error) return <Failed error={page.error} again={() => load(page.facts)} />;
  if (!page.facts.length) return <Empty title={none ?? t('没有事实', 'No facts')} />;
  const left = page.total - page.facts.length;
  return (
    <div class="factlist">
      {page.facts.map((fact) => (
        <FactCard key={fact.id} fact={fact} />
      ))}
      {left > 0 && (
        <button type="button" class="more" disabled={pending} onClick={() => load(page.facts)}>
          {t(`再显示 ${Math.min(PAGE, left)} 条（还有 ${number(left)} 条）`, `${Math.min(PAGE, left)} more (of ${number(left)} left)`)}
        </button>
      )}
    </div>
  );
}
