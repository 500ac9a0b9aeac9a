import { useEffect, useRef } from 'preact/hooks';
import { get, type EntityRef, type NetworkKind, type Paths, type Suggestion } from '../api';
import { t } from '../i18n';
import { go, location } from '../location';
import { EntityPicker } from '../parts/picker';
import { Empty, Failed, Loading, useAsked } from '../parts/states';
import { Ways } from '../paths/ways';
import { revision } from '../server';
import '../styles/path.css';
import '../styles/page.css';

const NETWORKS: [NetworkKind, [string, string]][] = [
  ['direct', ['直接关系', 'Direct relations']],
  ['actors', ['共同参与者', 'Actors of one fact']],
  ['items', ['参与者与物品、地点', 'Actors with goods and places']],
  ['facts', ['经由事实', 'By way of facts']],
];

type End = 'from' | 'to';

/** What the address asks: several ids stand for several entities of one name. */
interface Question {
  from: string[];
  to: string[];
  k: number;
  network: NetworkKind;
  confidence: number;
}

function question(): Question {
  const { parameters } = location.value;
  const number = (name: string, otherwise: number, most: number) => {
    const value = Number(parameters.get(name) ?? otherwise);
    return value > 0 && value <= most ? value : otherwise;
  };
  return {
    from: parameters.getAll('from').filter(Boolean),
    to: parameters.getAll('to').filter(Boolean),
    k: Math.round(number('k', 3, 20)),
    network: NETWORKS.find(([kind]) => kind === parameters.get('network'))?.[0] ?? 'direct',
    confidence: number('min_confidence', 0, 1),
  };
}

function address({ from, to, k, network, confidence }: Question): URLSearchParams {
  const out = new URLSearchParams([...from.map((id) => ['from', id]), ...to.map((id) => ['to', id])]);
  if (k !== 3) out.set('k', String(k));
  if (network !== 'direct') out.set('network', network);
  if (confidence) out.set('min_confidence', String(confidence));
  return out;
}

function ask(asked: Question, signal: AbortSignal): Promise<Paths> {
  const { from, to, k, network, confidence } = asked;
  return get<Paths>('path', { source: from, target: to, k, network, min_confidence: confidence || undefined }, signal);
}

/** How two entities are connected: the shortest ways, and for every step the words that say so. */
export function PathView() {
  const asked = question();
  const form = useRef<HTMLDivElement>(null);
  const change = (changes: Partial<Question>) => go('path', address({ ...asked, ...changes }));
  const complete = asked.from.length > 0 && asked.to.length > 0;
  const key = complete ? JSON.stringify([asked, revision.value]) : undefined;
  const { answer, error, pending, again } = useAsked(key, (signal) => ask(asked, signal));
  const missing: End | undefined = asked.from.length === 0 ? 'from' : asked.to.length === 0 ? 'to' : undefined;
  useEffect(() => {
    if (missing) form.current?.querySelector<HTMLInputElement>(`.${missing} input`)?.focus();
  }, [missing]);

  return (
    <div class="paths page">
      <h1>{t('路径：两者如何相连', 'Paths: how two are connected')}</h1>
      <div class="ends" ref={form}>
        <EndPicker end="from" ids={asked.from} take={(from) => change({ from })} />
        <button
          type="button"
          class="swap"
          title={t('对调', 'Swap')}
          aria-label={t('对调', 'Swap')}
          onClick={() => change({ from: asked.to, to: asked.from })}
        >
          ⇄
        </button>
        <EndPicker end="to" ids={asked.to} take={(to) => change({ to })} />
      </div>
      <Filters asked={asked} change={change} />
      {!complete && (
        <Empty title={t('选两个人物、机构、地点或物品', 'Choose two people, organisations, places or goods')}>
          {t('名称、别名、拼音首字母都可以。图里最短的几条路会列出来，每一步都带着说出它的原句。', 'By name, other name or pinyin. The shortest ways are listed, every step with the sentence that states it.')}
        </Empty>
      )}
      {error && <Failed error={error} again={again} />}
      {complete && !answer && !error && <Loading what={t('正在找路…', 'Looking for ways …')} />}
      {complete && answer && (
        <div aria-busy={pending} class={pending ? 'stale' : undefined}>
          {answer.paths.length > 0 ? (
            <Ways paths={answer.paths} network={asked.network} />
          ) : (
            <Unconnected asked={asked} change={change} />
          )}
        </div>
      )}
    </div>
  );
}

/** The field of one end, and the others of its name. */
function EndPicker({ end, ids, take }: { end: End; ids: string[]; take: (ids: string[]) => void }) {
  const [first] = ids;
  const { answer: entity } = useAsked(first, (signal) => get<EntityRef>('entity', { id: first }, signal));
  const known = entity?.id === first ? entity : undefined;
  const { answer: namesakes } = useAsked(known?.name, async (signal) => {
    const found = await get<Suggestion[]>('suggest', { q: known?.name, limit: 100 }, signal);
    return found.filter((one) => one.name === known?.name && one.type === known?.type);
  });
  const others = namesakes?.filter((one) => one.id !== first && one.name === known?.name) ?? [];
  const words = end === 'from' ? t('从', 'From') : t('到', 'To');
  return (
    <div class={`end-picker ${end}`}>
      <EntityPicker
        placeholder={`${words}: ${t('人物、机构、地点、物品…', 'a person, organisation, place, good …')}`}
        value={known?.name ?? (first && first.slice(first.indexOf('/') + 1))}
        take={(one) => take([one.id])}
      />
      {first && others.length > 0 && (
        <label class="quiet">
          <input
            type="checkbox"
            checked={ids.length > 1}
            onChange={(event) => take(event.currentTarget.checked ? [first, ...others.map((one) => one.id)] : [first])}
          />{' '}
          {t(`同名的另外 ${others.length} 个也算`, `with the ${others.length} others of this name`)}
        </label>
      )}
    </div>
  );
}

function Filters({ asked, change }: { asked: Question; change: (changes: Partial<Question>) => void }) {
  return (
    <div class="bar path-filters">
      <span role="group" class="switch" aria-label={t('在哪种网络里找', 'In which network')}>
        {NETWORKS.map(([kind, words]) => (
          <button type="button" key={kind} aria-pressed={kind === asked.network} onClick={() => change({ network: kind })}>
            {t(...words)}
          </button>
        ))}
      </span>
      <label>
        {t('条数', 'Ways')}{' '}
        <select value={String(asked.k)} onChange={(event) => change({ k: Number(event.currentTarget.value) })}>
          {[...new Set([1, 3, 5, 10, asked.k])].sort((a, b) => a - b).map((k) => (
            <option key={k}>{k}</option>
          ))}
        </select>
      </label>
      <label>
        {t('把握至少', 'Confidence from')}{' '}
        <select value={String(asked.confidence)} onChange={(event) => change({ confidence: Number(event.currentTarget.value) })}>
          {[...new Set([0, 0.5, 0.7, 0.8, 0.9, asked.confidence])].sort((a, b) => a - b).map((least) => (
            <option key={least} value={String(least)}>
              {least === 0 ? t('不限', 'any') : `${Math.round(least * 100)}%`}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** No way: which other networks have one. */
function Unconnected({ asked, change }: { asked: Question; change: (changes: Partial<Question>) => void }) {
  const others = NETWORKS.filter(([kind]) => kind !== asked.network);
  const key = JSON.stringify([asked, revision.value]);
  const { answer: found } = useAsked(key, (signal) =>
    Promise.all(others.map(([network]) => ask({ ...asked, network, k: 1 }, signal).then(({ paths }) => paths[0]?.hops.length ?? 0))),
  );
  const ways = others.flatMap(([kind, words], at) => (found?.[at] ? [{ kind, words, steps: found[at] }] : []));
  return (
    <Empty title={t('在这种网络里，两者不相连', 'In this network the two are not connected')}>
      {!found && <Loading what={t('正在看别的网络…', 'Looking at the other networks …')} />}
      {ways.length > 0 && (
        <>
          <p>{t('换一种网络就有路：', 'Another network has a way:')}</p>
          <p class="acts centre">
            {ways.map(({ kind, words, steps }) => (
              <button type="button" class="primary" key={kind} onClick={() => change({ network: kind })}>
                {t(...words)}
                {t(` · ${steps} 步`, ` · ${steps} ${steps === 1 ? 'step' : 'steps'}`)}
              </button>
            ))}
          </p>
        </>
      )}
      {found && ways.length === 0 && (
        <p>
          {asked.confidence > 0
            ? t('别的网络里也没有。把“把握至少”改成“不限”再试。', 'The others have none either. Try any confidence.')
            : t('别的网络里也没有：读过的文字没有把它们连起来。', 'The others have none either: nothing that was read connects them.')}
        </p>
      )}
    </Empty>
  );
}
