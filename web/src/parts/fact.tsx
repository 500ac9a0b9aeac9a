import type { Evidence, Fact, Filler } from '../api';
import { label, t } from '../i18n';
import { href } from '../location';
import { factTypes, schema } from '../server';
import { EntityLink } from './entity';

const MODALITY: Record<string, [string, string]> = {
  planned: ['计划中', 'planned'],
  possible: ['可能', 'possible'],
};

/** When a fact was. */
export function time(fact: { first?: string; last?: string }): string {
  if (!fact.first) return '';
  return fact.first === fact.last ? fact.first : `${fact.first} – ${fact.last}`;
}

/** The number of a role's colour: the same for one role in all facts of a type. */
export function shade(type: string, role: string): number {
  if (role === 'trigger') return 0;
  const roles = factTypes.value.get(type)?.roles ?? [];
  return 1 + (Math.max(0, roles.findIndex((one) => one.name === role)) % 7);
}

export function roleLabel(role: string): string {
  return label(schema.value?.roles[role], role === 'trigger' ? t('说出事实的词', 'words that state it') : role);
}

/** The words that state a fact, with those that fill its roles marked. Text of documents only ever becomes text. */
export function Sentence({ fact, evidence }: { fact: Fact; evidence: Evidence }) {
  const parts = [];
  let at = 0;
  for (const mark of evidence.marks) {
    if (mark.start < at) continue;
    parts.push(evidence.text.slice(at, mark.start));
    parts.push(
      <mark class={`role-${shade(fact.type, mark.role)}`} title={roleLabel(mark.role)} data-role={mark.role}>
        {evidence.text.slice(mark.start, mark.end)}
      </mark>,
    );
    at = mark.end;
  }
  parts.push(evidence.text.slice(at));
  return <blockquote class="sentence">{parts}</blockquote>;
}

function FillerValue({ filler }: { filler: Filler }) {
  const elided = filler.elided && (
    <span class="quiet" title={t('这些词不在这句话里', 'these words stand outside the sentence')}>
      {t('（承前省略）', ' (from before)')}
    </span>
  );
  return (
    <>
      {filler.entity ? <EntityLink entity={filler.entity} /> : <span>{filler.value}</span>}
      {filler.quantity && <span class="quantity"> {filler.quantity.text}</span>}
      {elided}
    </>
  );
}

/** A fact: who did what, when, how sure it is, and word for word where that is said. */
export function FactCard({ fact }: { fact: Fact }) {
  const type = factTypes.value.get(fact.type);
  const when = time(fact);
  const modality = MODALITY[fact.modality];
  return (
    <article class="fact" data-fact={fact.id}>
      <header>
        <span class="type">{label(type?.label, fact.type)}</span>
        {fact.polarity === 'negative' && <span class="badge">{t('否认', 'denied')}</span>}
        {modality && <span class="badge">{t(...modality)}</span>}
        {when && <time>{when}</time>}
        {fact.confidence !== undefined && (
          <span class="confidence" title={t('把握', 'confidence')}>
            {Math.round(fact.confidence * 100)}%
          </span>
        )}
      </header>
      <dl>
        {fact.roles.map((filler) => (
          <div key={filler.role + (filler.entity?.id ?? filler.value ?? '')}>
            <dt class={`role-${shade(fact.type, filler.role)}`}>{roleLabel(filler.role)}</dt>
            <dd>
              <FillerValue filler={filler} />
            </dd>
          </div>
        ))}
      </dl>
      {fact.evidence.map((evidence) => (
        <Sentence key={evidence.start} fact={fact} evidence={evidence} />
      ))}
      <footer>
        <a class="source" href={href('documents', { id: fact.document.id, fact: fact.id })}>
          {fact.document.title ?? fact.document.id}
        </a>
        <span class="quiet">
          {[fact.document.source, fact.document.published].filter(Boolean).join(' · ')}
          {fact.reprints > 0 && t(` · 另有 ${fact.reprints} 处转载`, ` · ${fact.reprints} reprints`)}
        </span>
      </footer>
    </article>
  );
}
