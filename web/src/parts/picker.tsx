import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { get, type Suggestion } from '../api';
import { label, number, t } from '../i18n';
import { entityTypes } from '../server';
import { Sign } from './entity';

/**
 * A field for an entity, with suggestions as one types: names, other names, pinyin and its initials. Up and Down choose,
 * Enter takes, Escape closes.
 */
export function EntityPicker(props: {
  placeholder: string;
  value?: string;
  take: (entity: Suggestion) => void;
  shortcut?: string;
}) {
  const [words, setWords] = useState(props.value ?? '');
  const [found, setFound] = useState<Suggestion[] | undefined>();
  const [chosen, setChosen] = useState(0);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => setWords(props.value ?? ''), [props.value]);
  useEffect(() => {
    if (!open || !words.trim()) return setFound(undefined);
    const controller = new AbortController();
    get<Suggestion[]>('suggest', { q: words, limit: 12 }, controller.signal).then(
      (suggestions) => (setFound(suggestions), setChosen(0)),
      () => undefined,
    );
    return () => controller.abort();
  }, [words, open]);
  useEffect(() => {
    if (!props.shortcut) return;
    const focus = (event: KeyboardEvent) => {
      // The path and not the target: of a field in a shadow tree that is its host.
      const [target] = event.composedPath();
      const typing = target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
      if (event.key === props.shortcut && !typing) (event.preventDefault(), input.current?.focus());
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, [props.shortcut]);

  const take = (entity: Suggestion | undefined) => {
    if (!entity) return;
    setWords(entity.name);
    setOpen(false);
    input.current?.blur();
    props.take(entity);
  };
  const keys = (event: KeyboardEvent) => {
    const count = found?.length ?? 0;
    if (event.isComposing) return;
    if (event.key === 'Escape') return setOpen(false);
    if (event.key === 'Enter') return take(found?.[chosen]);
    if (!count || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    setChosen((chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
  };
  return (
    <div class="picker">
      <input
        ref={input}
        type="search"
        list={undefined}
        role="combobox"
        aria-expanded={open && !!found}
        aria-controls={id}
        aria-activedescendant={found?.[chosen] && `${id}-${chosen}`}
        aria-label={props.placeholder}
        placeholder={props.placeholder}
        autocomplete="off"
        spellcheck={false}
        value={words}
        onInput={(event) => (setWords(event.currentTarget.value), setOpen(true))}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={keys}
      />
      {open && found && (
        <ul id={id} role="listbox" class="suggestions">
          {found.map((entity, at) => (
            <li
              key={entity.id}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(entity)}
            >
              <Sign type={entity.type} />
              <span class="name">{entity.name}</span>
              {entity.matched && <span class="quiet">{entity.matched}</span>}
              <span class="quiet end">
                {label(entityTypes.value.get(entity.type)?.label, entity.type)} ·{' '}
                {t(`${number(entity.facts)} 条事实`, `${number(entity.facts)} facts`)}
              </span>
            </li>
          ))}
          {found.length === 0 && <li class="quiet">{t('没有这样的名称', 'No such name')}</li>}
        </ul>
      )}
    </div>
  );
}
