import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';

/** Puts a text on the clipboard, and says so for a while. */
export function Copy({ text, children }: { text: () => string; children: string }) {
  const [said, say] = useState<'' | 'done' | 'refused'>('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(''), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => say('done'),
      () => say('refused'),
    );
  };
  return (
    <button type="button" aria-live="polite" onClick={copy}>
      {said === 'done' ? t('已复制', 'Copied') : said ? t('浏览器不许复制', 'Not allowed') : children}
    </button>
  );
}
