import type { Cell } from '../api';
import { t } from '../i18n';
import { href } from '../location';

/** Only these are followed: an IRI from a text may say `javascript:`. */
export function isWeb(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//i.test(address);
}

/** A link out of the page. */
export function Away({ to, children }: { to: string; children: string }) {
  return (
    <a href={to} rel="noreferrer noopener" target="_blank">
      {children}
    </a>
  );
}

/** What stands in a cell, and where it leads: an entity to the graph, a document to its text, a fact to its words. */
export function CellValue({ cell, open, toggle }: { cell: Cell | null; open: boolean; toggle: (fact: string) => void }) {
  if (!cell) return null;
  const { id, iri, text } = cell;
  if (cell.kind === 'entity' && id) {
    return <a href={href('graph', { nodes: id, expand: id, top: '0', select: id })}>{text}</a>;
  }
  if (cell.kind === 'document' && id) return <a href={href('documents', { id })}>{text}</a>;
  if (cell.kind === 'fact' && id) {
    return (
      <button type="button" class="as-link" aria-expanded={open} title={t('看依据', 'Show the evidence')} onClick={() => toggle(id)}>
        {text}
      </button>
    );
  }
  if (cell.kind === 'iri' && isWeb(iri)) return <Away to={iri}>{text}</Away>;
  return <>{text}</>;
}
