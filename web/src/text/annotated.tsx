import { useMemo, useRef } from 'preact/hooks';
import type { EntityRef, Fact, Mention, Token } from '../api';
import { label } from '../i18n';
import { roleLabel, shade } from '../parts/fact';
import { entityTypes } from '../server';
import { speech } from './speech';
import { segments, type Segment, type Span } from './segments';

/** What lies over the words: a mention of an entity, a fact's evidence, a word that fills a role of it, a token. */
type Layer =
  | { kind: 'mention'; mention: Mention; at: number }
  | { kind: 'evidence' }
  | { kind: 'role'; role: string }
  | { kind: 'token'; pos: string };

function layers(mentions: Mention[], fact: Fact | undefined, tokens: Token[] | undefined): Span<Layer>[] {
  const spans: Span<Layer>[] = mentions.map((mention, at) => ({ ...mention, value: { kind: 'mention', mention, at } }));
  for (const { start, end, marks } of fact?.evidence ?? []) {
    spans.push({ start, end, value: { kind: 'evidence' } });
    for (const mark of marks) {
      spans.push({ start: start + mark.start, end: start + mark.end, value: { kind: 'role', role: mark.role } });
    }
  }
  for (const { start, end, pos } of tokens ?? []) spans.push({ start, end, value: { kind: 'token', pos } });
  return spans;
}

/** The shortest span of a kind over a segment: it says most exactly what the words are. */
function innermost<K extends Layer['kind']>(segment: Segment<Layer>, kind: K): (Span<Layer> & { value: Extract<Layer, { kind: K }> }) | undefined {
  return segment.spans.findLast((span): span is Span<Layer> & { value: Extract<Layer, { kind: K }> } => span.value.kind === kind);
}

/**
 * A text with all that is mentioned underlined in its type's colour, the evidence of one fact on a ground of its own and
 * the words that fill its roles marked. Text only ever becomes text. Left and Right go from mention to mention.
 */
export function AnnotatedText(props: {
  text: string;
  mentions: Mention[];
  /** Whose evidence is marked. */
  fact?: Fact;
  /** Whose mentions stand out. */
  entity?: string;
  /** With their parts of speech, where they are to be shown. */
  tokens?: Token[];
  /** Types whose mentions are not underlined. */
  hidden: ReadonlySet<string>;
  choose: (entity: EntityRef) => void;
}) {
  const { text, mentions, fact, tokens, hidden } = props;
  const root = useRef<HTMLDivElement>(null);
  const cut = useMemo(() => {
    const shown = mentions.filter((one) => !hidden.has(one.entity.type));
    return segments(text.length, layers(shown, fact, tokens));
  }, [text, mentions, fact, tokens, hidden]);

  const keys = (event: KeyboardEvent) => {
    const from = event.target instanceof HTMLElement ? event.target : undefined;
    if (!from?.dataset['mention']) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      from.click();
    }
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const all = [...(root.current?.querySelectorAll<HTMLElement>('[role=button]') ?? [])];
    all[all.indexOf(from) + step]?.focus();
  };

  let first = true;
  const seen = new Set<number>();
  return (
    <div class={`annotated ${tokens ? 'with-tokens' : ''}`} ref={root} onKeyDown={keys}>
      {cut.map((segment) => {
        const words = text.slice(segment.start, segment.end);
        const mention = innermost(segment, 'mention');
        const role = innermost(segment, 'role');
        const token = innermost(segment, 'token');
        const evidence = innermost(segment, 'evidence');
        if (!mention && !role && !token && !evidence) return words;
        const type = mention && entityTypes.value.get(mention.value.mention.entity.type);
        const classes = [
          evidence && 'evidence',
          evidence?.start === segment.start && 'evidence-start',
          role && `role-${shade(fact?.type ?? '', role.value.role)}`,
          mention && 'mention',
          mention && mention.value.mention.entity.id === props.entity && 'chosen',
          token && 'token',
        ];
        const title = [
          mention && `${mention.value.mention.entity.name} · ${label(type?.label, mention.value.mention.entity.type)}`,
          role && roleLabel(role.value.role),
        ];
        const begins = mention && !seen.has(mention.value.at);
        if (mention) seen.add(mention.value.at);
        const tab = begins && first ? 0 : -1;
        if (begins) first = false;
        return (
          <span
            key={segment.start}
            class={classes.filter(Boolean).join(' ')}
            title={title.filter(Boolean).join(' · ') || undefined}
            style={type && { '--type': type.colour }}
            data-mention={mention?.value.mention.entity.id}
            data-role={role?.value.role}
            data-pos={token?.end === segment.end ? speech(token.value.pos) : undefined}
            role={begins ? 'button' : undefined}
            tabIndex={begins ? tab : undefined}
            onClick={mention && (() => props.choose(mention.value.mention.entity))}
          >
            {words}
          </span>
        );
      })}
    </div>
  );
}
