import { useEffect, useRef, useState } from 'preact/hooks';
import { language, t } from '../i18n';
import { Loading } from '../parts/states';
import { schema } from '../server';
import type { Editor, Place } from './codemirror';

/** The editor, which comes when it is first needed. Until then, and where it does not come, a plain field does its work. */
export function QueryField(props: {
  /** What stands there; a new object where it is not what was typed here. */
  given: { text: string };
  change: (text: string) => void;
  run: () => void;
  /** Where the query is wrong. */
  wrong?: Place;
  /** Grows when the cursor is to go there. */
  visits: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const live = useRef(props);
  live.current = props;
  const [editor, setEditor] = useState<Editor>();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let made: Editor | undefined;
    let gone = false;
    import('./codemirror').then(
      (module) => {
        if (gone || !host.current) return;
        const { terms = [], prefixes = [] } = schema.value ?? {};
        made = module.editor(host.current, live.current.given.text, {
          vocabulary: { terms, prefixes, detail: (of) => (language.value === 'zh' ? `${of.zh} · ${of.en}` : `${of.en} · ${of.zh}`) },
          label: t('SPARQL 查询', 'SPARQL query'),
          changed: (text) => live.current.change(text),
          run: () => live.current.run(),
        });
        setEditor(made);
        made.focus();
      },
      () => setFailed(true),
    );
    return () => ((gone = true), made?.destroy());
  }, []);
  useEffect(() => editor?.set(props.given.text), [editor, props.given]);
  useEffect(() => editor?.mark(props.wrong), [editor, props.wrong?.line, props.wrong?.column]);
  useEffect(() => {
    if (props.visits && props.wrong) editor?.visit(props.wrong);
  }, [props.visits]);

  if (failed) {
    return (
      <textarea
        class="query-field"
        aria-label={t('SPARQL 查询', 'SPARQL query')}
        defaultValue={props.given.text}
        onInput={(event) => props.change(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && props.run()}
      />
    );
  }
  return (
    <div class="query-field">
      {!editor && <Loading />}
      <div class="editor" ref={host} />
    </div>
  );
}
