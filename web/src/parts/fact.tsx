import type { Evidence, Fact, Filler, Quantity } from '../api';
import { label, number, t } from '../i18n';
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

const BOUND: Record<string, [string, string]> = { over: ['超过', 'over'], about: ['约', 'about'], under: ['不到', 'under'] };

/** An amount: `超过 150,000 只`. */
function amount(quantity: Quantity): string {
  const bound = quantity.bound && BOUND[quantity.bound];
  return [bound && t(...bound), number(quantity.value), quantity.currency ?? '', quantity.unit ?? ''].filter(Boolean).join(' ');
}

function FillerValue({ filler }: { filler: Filler }) {
  return (
    <>
      {filler.entity ? <EntityLink entity={filler.entity} /> : filler.quantity ? undefined : <span>{filler.value}</span>}
      {filler.words && filler.words !== filler.entity?.name && !filler.quantity && (
        <span class="quiet" title={t('文中的说法', 'as the document has it')}>
          {' '}
          “{filler.words}”
        </span>
      )}
      {filler.quantity && (
        <span class="quantity" title={filler.quantity.text}>
          {' '}
          {amount(filler.quantity)}
        </span>
      )}
      {filler.elided && (
        <span class="quiet" title={t('这些词不在这句话里', 'these words stand outside the sentence')}>
          {t('（承前省略）', ' (from before)')}
        </span>
      )}
    </>
  );
}

/** The fillers of each role, in the order in which the fact type lists its roles: who acts comes first. */
function byRole(type: string, fillers: Filler[]): [string, Filler[]][] {
  const roles = new Map<string, Filler[]>();
  for (const filler of fillers) roles.set(filler.role, [...(roles.get(filler.role) ?? []), filler]);
  const order = new Map(factTypes.value.get(type)?.roles.map(({ name }, at) => [name, at]));
  const place = (role: string) => order.get(role) ?? order.size;
  return [...roles].sort(([one], [other]) => place(one) - place(other));
}

/** A fact: who did what, when, how sure it is, and word for word where that is said. */
export function FactCard({ fact }: { fact: Fact }) {
  const type = factTypes.value.get(fact.type);
  const when = time(fact);
  const modality = MODALITY[fact.modality];
  const unreal = fact.polarity === 'negative' || modality;
  const first = fact.evidence[0];
  return (
    <article class={unreal ? 'fact unreal' : 'fact'} data-fact={fact.id}>
      <header>
        <span class="type">{label(type?.label, fact.type)}</span>
        {fact.polarity === 'negative' && <span class="badge">{t('否认', 'denied')}</span>}
        {modality && <span class="badge">{t(...modality)}</span>}
        {when && <time>{when}</time>}
        {fact.confidence !== undefined && <Confidence share={fact.confidence} by={fact.by} />}
      </header>
      <dl>
        {byRole(fact.type, fact.roles).map(([role, fillers]) => (
          <div key={role}>
            <dt class={`role-${shade(fact.type, role)}`}>{roleLabel(role)}</dt>
            <dd>
              {fillers.map((filler) => (
                <div key={filler.entity?.id ?? filler.value ?? filler.quantity?.text ?? ''}>
                  <FillerValue filler={filler} />
                </div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {first && <Sentence fact={fact} evidence={first} />}
      {fact.evidence.length > 1 && (
        <details class="again">
          <summary>{t(`同一文献另有 ${fact.evidence.length - 1} 处`, `${fact.evidence.length - 1} more in this document`)}</summary>
          {fact.evidence.slice(1).map((evidence) => (
            <Sentence key={evidence.start} fact={fact} evidence={evidence} />
          ))}
        </details>
      )}
      <footer>
        <a class="source" href={href('documents', { id: fact.document.id, fact: fact.id })} title={t('打开文献，看这句话的上下文', 'Open the document at this sentence')}>
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

/** How sure a fact is, as a number and a short bar. */
function Confidence({ share, by }: { share: number; by?: string | undefined }) {
  const percent = Math.round(share * 100);
  return (
    <span class="confidence" title={t(`把握 ${percent}%`, `confidence ${percent}%`) + (by ? ` · ${by}` : '')}>
      <meter min={0} max={100} low={60} high={80} optimum={100} value={percent} /> {percent}%
    </span>
  );
}
