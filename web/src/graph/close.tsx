import { t } from '../i18n';
import { change } from './state';

/** Closes what the panel shows of a choice, and takes the choice back. */
export function Close() {
  return (
    <button type="button" class="plain close" aria-label={t('关闭', 'Close')} title={t('关闭', 'Close')} onClick={() => change({ select: '', day: '' })}>
      ✕
    </button>
  );
}
