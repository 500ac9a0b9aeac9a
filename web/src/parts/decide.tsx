import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { post, type Act, type Deed, type Entity, type EntityRef, type Fact, type Made, type Suggestion } from '../api';
import { label, t } from '../i18n';
import { entityTypes, revised } from '../server';
import '../styles/review.css';
import { EntityPicker } from './picker';

/** Today where the user is: YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * Asks for the reason and day of a decision, and makes it. `act` is undefined while something is not chosen yet. What the
 * server refuses is said here, and the dialog stays.
 */
export function DecideDialog(props: { title: string; act: Act | undefined; close: () => void; children?: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [date, setDate] = useState(today);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [loosened, setLoosened] = useState<string[]>();
  useEffect(() => dialog.current?.showModal(), []);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!props.act || busy) return;
    setBusy(true);
    setError(undefined);
    const deed: Deed = { ...props.act, reason: reason.trim(), date };
    const decide = async () => {
      const made = await post<Made>('review', deed);
      await revised();
      if (made.loosened.length > 0) setLoosened(made.loosened);
      else props.close();
    };
    decide().catch((refused: Error) => (setError(refused.message), setBusy(false)));
  };
  return (
    <dialog ref={dialog} class="decide" aria-label={props.title} onClose={props.close} onClick={(event) => event.stopPropagation()}>
      <form onSubmit={submit}>
        <h2>{props.title}</h2>
        {props.children}
        {loosened && (
          <div role="status">
            {t('已决定。下面这些决定因此不再起作用：', 'This is decided. These decisions have no effect any more:')}
            <ul>
              {loosened.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        <label>
          <span>{t('理由（别人能核对的来源）', 'Why (a source that others can check)')}</span>
          <textarea rows={3} required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <label>
          <span>{t('日期', 'Day')}</span>
          <input type="date" required value={date} onInput={(event) => setDate(event.currentTarget.value)} />
        </label>
        {error && (
          <p class="refused" role="alert">
            {error}
          </p>
        )}
        <p class="acts">
          <button type="submit" class="primary" disabled={!props.act || !reason.trim() || busy}>
            {busy ? t('正在写下…', 'Writing …') : t('决定', 'Decide')}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {loosened ? t('关闭', 'Close') : t('取消', 'Cancel')}
          </button>
        </p>
      </form>
    </dialog>
  );
}

/** A button that opens the dialog of a decision which needs nothing but its reason. */
export function Decide(props: { words: string; title: string; act: Act; children?: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {props.words}
      </button>
      {open && (
        <DecideDialog title={props.title} act={props.act} close={() => setOpen(false)}>
          {props.children}
        </DecideDialog>
      )}
    </>
  );
}

/** Whether a text does state a fact. What is rejected leaves the graph. */
export function DecideFact({ fact }: { fact: Fact }) {
  const said = <p class="quiet">{fact.label}</p>;
  return (
    <span class="decisions">
      <Decide words={t('确认', 'Accept')} title={t('文中确实这样说', 'The text does say so')} act={{ act: 'accept', fact: fact.id }}>
        {said}
      </Decide>
      <Decide words={t('否决', 'Reject')} title={t('文中并没有这样说', 'The text does not say so')} act={{ act: 'reject', fact: fact.id }}>
        {said}
      </Decide>
    </span>
  );
}

type Change = 'merge' | 'distinguish' | 'split' | 'rename' | 'retype';

/** What an entity is called and is, and what it is one with. */
export function DecideEntity({ entity }: { entity: Entity }) {
  const [change, setChange] = useState<Change>();
  const changes: [Change, string][] = [
    ['merge', t('合并到…', 'Merge with …')],
    ['distinguish', t('不是…', 'Is not …')],
    ['split', t('拆开…', 'Split …')],
    ['rename', t('改名…', 'Rename …')],
    ['retype', t('改类型…', 'Retype …')],
  ];
  const close = () => setChange(undefined);
  return (
    <span class="decisions">
      {changes.map(([kind, words]) => (
        <button type="button" key={kind} onClick={() => setChange(kind)}>
          {words}
        </button>
      ))}
      {change === 'merge' && <Other entity={entity} close={close} one />}
      {change === 'distinguish' && <Other entity={entity} close={close} one={false} />}
      {change === 'split' && <Split entity={entity} close={close} />}
      {change === 'rename' && <Rename entity={entity} close={close} />}
      {change === 'retype' && <Retype entity={entity} close={close} />}
    </span>
  );
}

/** Another entity, which is the same (`one`) or is not. */
function Other({ entity, one, close }: { entity: EntityRef; one: boolean; close: () => void }) {
  const [other, setOther] = useState<Suggestion>();
  const act: Act | undefined =
    other && other.id !== entity.id
      ? one
        ? { act: 'merge', entities: [entity.id, other.id] }
        : { act: 'distinguish', entities: [entity.id, other.id] }
      : undefined;
  const title = one ? t(`“${entity.name}”与谁是同一个`, `With whom is “${entity.name}” one?`) : t(`“${entity.name}”不是谁`, `Who is “${entity.name}” not?`);
  return (
    <DecideDialog title={title} act={act} close={close}>
      <EntityPicker placeholder={t('另一个名称', 'Another name')} value={other?.name} take={setOther} />
      {other && (
        <p class="quiet">
          {other.id} {other.id === entity.id && t('就是它自己', 'is the same already')}
        </p>
      )}
    </DecideDialog>
  );
}

/** What some names or documents mean is another entity. */
function Split({ entity, close }: { entity: Entity; close: () => void }) {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const [documents, setDocuments] = useState<ReadonlySet<string>>(new Set());
  const chosen = names.size + documents.size > 0;
  const act: Act | undefined = chosen ? { act: 'split', entity: entity.id, names: [...names], documents: [...documents] } : undefined;
  const toggled = (set: ReadonlySet<string>, value: string) => {
    const next = new Set(set);
    if (!next.delete(value)) next.add(value);
    return next;
  };
  return (
    <DecideDialog title={t(`“${entity.name}”里混着另一个`, `“${entity.name}” is more than one`)} act={act} close={close}>
      <Choices legend={t('这些名称指的是另一个', 'These names mean another')} of={entity.names.map((name) => ({ id: name, words: name }))} chosen={names} toggle={(name) => setNames(toggled(names, name))} />
      <Choices
        legend={t('这些文献里指的是另一个', 'These documents mean another')}
        of={entity.documents.map(({ id, title, published }) => ({ id, words: [title ?? id, published].filter(Boolean).join(' · ') }))}
        chosen={documents}
        toggle={(id) => setDocuments(toggled(documents, id))}
      />
    </DecideDialog>
  );
}

function Choices(props: { legend: string; of: { id: string; words: string }[]; chosen: ReadonlySet<string>; toggle: (id: string) => void }) {
  if (props.of.length === 0) return null;
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.of.map(({ id, words }) => (
        <label key={id} class="choice">
          <input type="checkbox" checked={props.chosen.has(id)} onChange={() => props.toggle(id)} /> {words}
        </label>
      ))}
    </fieldset>
  );
}

function Rename({ entity, close }: { entity: EntityRef; close: () => void }) {
  const [name, setName] = useState(entity.name);
  const to = name.trim();
  const act: Act | undefined = to && to !== entity.name ? { act: 'rename', entity: entity.id, to } : undefined;
  return (
    <DecideDialog title={t(`“${entity.name}”改叫`, `“${entity.name}” is called`)} act={act} close={close}>
      <label>
        <span>{t('新的名称', 'New name')}</span>
        <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
    </DecideDialog>
  );
}

function Retype({ entity, close }: { entity: EntityRef; close: () => void }) {
  const [type, setType] = useState(entity.type);
  const act: Act | undefined = type !== entity.type ? { act: 'retype', entity: entity.id, to: type } : undefined;
  return (
    <DecideDialog title={t(`“${entity.name}”是`, `“${entity.name}” is a`)} act={act} close={close}>
      <label>
        <span>{t('类型', 'Type')}</span>
        <select value={type} onChange={(event) => setType(event.currentTarget.value)}>
          {[...entityTypes.value.values()].map((one) => (
            <option key={one.name} value={one.name}>
              {label(one.label, one.name)}
            </option>
          ))}
        </select>
      </label>
    </DecideDialog>
  );
}
