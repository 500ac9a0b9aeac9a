import type { DocumentRef, Fact } from '../api';

/** A document and, of a fact, the sentence that states it, as one cites them: “sentence” — source. title. date. address */
export function citation(document: DocumentRef, fact?: Fact): string {
  const sentence = fact?.evidence[0]?.text.trim().replace(/\s+/g, ' ');
  const place = document.url ?? document.id;
  const from = [document.source, document.title && `《${document.title}》`, document.published, place].filter(Boolean).join('. ');
  return sentence ? `“${sentence}” — ${from}` : from;
}
