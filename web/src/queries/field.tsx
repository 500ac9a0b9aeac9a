import { useEffect, useId, useState } from 'preact/hooks';
import { get, type Suggestion } from '../api';
import { t } from '../i18n';

/** A field for a parameter of a query. Names of entities are suggested as one types; any other words may stand there, too. */
export function NameField(props: { value: string; set: (value: string) => void; suggest: boolean; usual?: string }) {
  const { value, suggest, usual } = props;
  const [names, setNames] = useState<string[]>([]);
  const id = useId();
  useEffect(() => {
    if (!suggest || !value.trim()) return setNames([]);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      get<Suggestion[]>('suggest', { q: value, limit: 12 }, controller.signal).then(
        (found) => setNames([...new Set(found.map((one) => one.name))].filter((name) => name !== value)),
        () => undefined,
      );
    }, 120);
    return () => (clearTimeout(timer), controller.abort());
  }, [value, suggest]);
  return (
    <>
      <input
        value={value}
        list={suggest ? id : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={usual === '*' ? t('不限', 'any') : usual}
        onInput={(event) => props.set(event.currentTarget.value)}
      />
      {suggest && (
        <datalist id={id}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}
