import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DocumentRef, EntityRef, Fact, Mention, Token } from '../api';
import { label, number, t } from '../i18n';
import { href } from '../location';
import { Sign } from '../parts/entity';
import { FactCard } from '../parts/fact';
import { entityTypes } from '../server';
import { AnnotatedText } from './annotated';
import { useKeys } from './keys';
import '../styles/text.css';

/** The types that are mentioned, with how many entities each; pressed out, a type is not underlined. */
function Legend(props: { mentions: Mention[]; hidden: ReadonlySet<string>; toggle: (type: string) => void }) {
  const kinds = useMemo(() => {
    const found = new Map<string, Set<string>>();
    for (const { entity } of props.mentions) found.set(entity.type, (found.get(entity.type) ?? new Set()).add(entity.id));
    return found;
  }, [props.mentions]);
  return (
    <div class="text-legend" role="group" aria-label={t('文中标出的类型', 'Types that are marked')}>
      {[...entityTypes.value.values()]
        .filter((type) => kinds.has(type.name))
        .map((type) => (
          <button type="button" key={type.name} aria-pressed={!props.hidden.has(type.name)} onClick={() => props.toggle(type.name)}>
            <Sign type={type.name} />
            {label(type.label, type.name)} <span class="quiet">{number(kinds.get(type.name)?.size ?? 0)}</span>
          </button>
        ))}
    </div>
  );
}

/** The entity whose mention was chosen: what it is, and the ways on from here. */
function ChosenEntity(props: { entity: EntityRef; mentions: Mention[]; detached?: boolean; clear: () => void }) {
  const { entity, mentions, clear } = props;
  const count = mentions.filter((one) => one.entity.id === entity.id).length;
  const type = entityTypes.value.get(entity.type);
  return (
    <div class="chosen-entity" role="status">
      <div>
        <strong>
          <Sign type={entity.type} />
          {entity.name}
        </strong>
        <span class="quiet">
          {' '}
          {label(type?.label, entity.type)} · {t(`文中 ${count} 处`, `${count} mentions here`)}
        </span>
      </div>
      <div class="acts">
        {!props.detached && (
          <>
            <a href={href('graph', { nodes: entity.id, expand: entity.id, top: '0', select: entity.id })}>{t('在图中看', 'In the graph')}</a>
            <a href={href('documents', { q: entity.name })}>{t('提到它的文献', 'Documents that mention it')}</a>
          </>
        )}
        <button type="button" onClick={clear}>
          {t('显示全部事实', 'All facts')}
        </button>
      </div>
    </div>
  );
}

/** Whether a fact has an entity in one of its roles. */
function involves(fact: Fact, entity: string): boolean {
  return fact.roles.some((filler) => filler.entity?.id === entity);
}

/** In the order in which the text states them. */
function inOrder(facts: Fact[]): Fact[] {
  const start = (fact: Fact) => fact.evidence[0]?.start ?? 0;
  return [...facts].sort((a, b) => start(a) - start(b));
}

/**
 * A text beside the facts that it states. Choosing a fact (j and k go on and back) shows its words in the text; choosing a
 * mention shows what it means, and the facts about that.
 */
export function Reader(props: {
  document: DocumentRef & { text: string; mentions: Mention[]; facts: Fact[]; tokens?: Token[] };
  /** The chosen fact's id. */
  fact?: string;
  chooseFact: (id: string | undefined) => void;
  tokens?: boolean;
  /** Whether the text is not of the graph: then nothing leads there. */
  detached?: boolean;
  /** What can be done with the chosen fact. */
  acts?: (fact: Fact) => ComponentChildren;
  /** Above the text. */
  children?: ComponentChildren;
}) {
  const { document: shown, chooseFact } = props;
  const [hovered, hover] = useState<string>();
  const [entity, setEntity] = useState<EntityRef>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const text = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const all = useMemo(() => inOrder(shown.facts), [shown.facts]);
  const about = entity && shown.mentions.some((one) => one.entity.id === entity.id) ? entity : undefined;
  const facts = about ? all.filter((fact) => involves(fact, about.id)) : all;
  const chosen = all.find((fact) => fact.id === props.fact);
  const marked = all.find((fact) => fact.id === hovered) ?? chosen;

  // What is chosen is brought into sight, in the text and in the list.
  useEffect(() => {
    if (!chosen) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = calm ? 'auto' : 'smooth';
    text.current?.querySelector('.evidence-start')?.scrollIntoView({ block: 'center', behavior });
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', behavior });
  }, [chosen?.id, shown.id]);

  const step = (by: number) => {
    const at = facts.findIndex((fact) => fact.id === props.fact);
    const next = facts[at < 0 ? (by > 0 ? 0 : facts.length - 1) : at + by];
    if (next) (hover(undefined), chooseFact(next.id));
  };
  useKeys({ j: () => step(1), k: () => step(-1), Escape: () => (chooseFact(undefined), setEntity(undefined)) });

  const toggle = (type: string) => {
    const next = new Set(hidden);
    if (!next.delete(type)) next.add(type);
    setHidden(next);
  };
  const pick = (fact: Fact) => (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, dialog, input, summary')) return;
    chooseFact(fact.id);
  };
  // What the graph may not have is shown in the text instead.
  const stay = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a.entity') : null;
    if (!props.detached || !link) return;
    event.preventDefault();
    event.stopPropagation();
    const id = new URLSearchParams(link.hash.split('?')[1]).get('select');
    setEntity(shown.mentions.find((one) => one.entity.id === id)?.entity);
  };
  return (
    <div class={`reader ${props.detached ? 'detached' : ''}`}>
      <div class="reading" ref={text} tabIndex={-1}>
        {props.children}
        <Legend mentions={shown.mentions} hidden={hidden} toggle={toggle} />
        <AnnotatedText
          text={shown.text}
          mentions={shown.mentions}
          fact={marked}
          entity={about?.id}
          tokens={props.tokens ? shown.tokens : undefined}
          hidden={hidden}
          choose={(one) => setEntity(one.id === about?.id ? undefined : one)}
        />
      </div>
      <aside class="stated" aria-label={t('文中的事实', 'Facts of this text')}>
        <h2>
          {t(`${number(facts.length)} 条事实`, `${number(facts.length)} facts`)}
          <span class="quiet end">
            <kbd>j</kbd> / <kbd>k</kbd> {t('下一条、上一条', 'next, previous')}
          </span>
        </h2>
        {about && <ChosenEntity entity={about} mentions={shown.mentions} detached={props.detached} clear={() => setEntity(undefined)} />}
        {props.fact !== undefined && !chosen && !props.detached && (
          <p class="quiet" role="status">
            {t('链接所指的事实已不在图里。', 'The fact that the link names is no longer in the graph.')}
          </p>
        )}
        {facts.length === 0 && (
          <p class="quiet">
            {about ? t('没有读出关于它的事实。', 'No fact about it was read.') : t('没有从这篇文字里读出事实。', 'No fact was read from this text.')}
          </p>
        )}
        <ol ref={list} onClickCapture={stay}>
          {facts.map((fact) => (
            <li
              key={fact.id}
              aria-current={fact.id === props.fact ? 'true' : undefined}
              onMouseEnter={() => hover(fact.id)}
              onMouseLeave={() => hover(undefined)}
              tabIndex={0}
              onClick={pick(fact)}
              onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && chooseFact(fact.id)}
            >
              <FactCard fact={fact} />
              {fact.id === props.fact && props.acts && <div class="acts">{props.acts(fact)}</div>}
            </li>
          ))}
        </ol>
      </aside>
    </div>
  );
}
