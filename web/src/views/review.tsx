import { useEffect, useState } from 'preact/hooks';
import { get, type Candidate, type Decision, type Entity, type EntityRef, type Facts, type Review } from '../api';
import { label, language, number, t } from '../i18n';
import { go, href, location } from '../location';
import { Decide } from '../parts/decide';
import { EntityLink } from '../parts/entity';
import { Sentence } from '../parts/fact';
import { Empty, Failed, Loading, useAsked } from '../parts/states';
import { NameField } from '../queries/field';
import { entityTypes, factTypes, revision, status } from '../server';
import '../styles/page.css';
import '../styles/review.css';

/** Candidates that are shown at once, and by how many more are. */
const PAGE = 12;
/** Facts that are shown of an entity. */
const FACTS = 3;

/** What may be one, and what was decided. */
export function ReviewView() {
  const allowed = status.value?.review === true;
  const { parameters } = location.value;
  const chosen = { name: parameters.get('name') ?? '', types: parameters.getAll('types') };
  const [limit, setLimit] = useState(PAGE);
  const key = allowed ? JSON.stringify([chosen, limit, revision.value]) : undefined;
  const { answer, error, pending, again } = useAsked(key, (signal) => get<Review>('review', { ...chosen, limit }, signal));
  if (!allowed) {
    return (
      <Empty title={t('现在只能看', 'Nothing can be decided here')}>
        {t('要审阅，请用 tupu serve --review 启动。', 'Start tupu serve with --review to decide.')}
      </Empty>
    );
  }
  if (error) return <Failed error={error} again={again} />;
  if (!answer) return <Loading />;
  return (
    <div class="review page">
      <h1>{t('审阅', 'Review')}</h1>
      <p class="quiet">
        {t(
          '每个决定都写进工作区的 decisions.jsonl，带理由和日期，重建图谱时照此执行，也可以撤销。',
          'Every decision is a line of decisions.jsonl in the workspace, with its reason and day; it is kept when the graph is made anew, and can be undone.',
        )}
      </p>
      <Decisions decisions={answer.decisions} />
      <Candidates found={answer} chosen={chosen} pending={pending} more={() => setLimit(limit + PAGE)} />
    </div>
  );
}

function Decisions({ decisions }: { decisions: Decision[] }) {
  const off = decisions.filter((one) => one.unapplied).length;
  return (
    <details class="decided" open={decisions.length > 0 && decisions.length <= 5}>
      <summary>
        {t(`已作的决定：${number(decisions.length)}`, `Decisions made: ${number(decisions.length)}`)}
        {off > 0 && <span class="badge">{t(`${off} 个不起作用`, `${off} without effect`)}</span>}
      </summary>
      {decisions.length === 0 && <p class="quiet">{t('还没有。', 'None yet.')}</p>}
      <ul>
        {[...decisions].reverse().map((one) => (
          <li key={one.id}>
            <div>
              <code>{one.act}</code>
              <div class="quiet">
                {one.date} · {one.reason}
              </div>
              {one.unapplied && (
                <div class="refused">
                  {t('不起作用：', 'Without effect: ')}
                  {one.unapplied}
                </div>
              )}
            </div>
            <Decide words={t('撤销', 'Undo')} title={t('撤销这个决定', 'Take this decision back')} act={{ act: 'undo', decision: one.id }}>
              <p class="quiet">{one.act}</p>
            </Decide>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface Chosen {
  name: string;
  types: string[];
}

function Candidates({ found, chosen, pending, more }: { found: Review; chosen: Chosen; pending: boolean; more: () => void }) {
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const key = ({ one, other }: Candidate) => `${one.id} ${other.id}`;
  const shown = found.candidates.filter((pair) => !later.has(key(pair)));
  const rest = found.total - found.candidates.length;
  const isChosen = chosen.name !== '' || chosen.types.length > 0;
  return (
    <section aria-busy={pending}>
      <Choose chosen={chosen} total={found.total} />
      {found.total === 0 && (
        <Empty title={isChosen ? t('没有这样的一对', 'There is no such pair') : t('没有看来相同的实体', 'No two entities seem to be one')}>
          {isChosen
            ? t('名称要写全，如表中所示。', 'Write the whole name, as tables show it.')
            : t('图里的名称都分清了。', 'All names in the graph are told apart.')}
        </Empty>
      )}
      <ol class="candidates">
        {shown.map((pair) => (
          <Pair key={key(pair)} pair={pair} skip={() => setLater(new Set([...later, key(pair)]))} />
        ))}
      </ol>
      {rest > 0 && (
        <p class="more-rows">
          <button type="button" disabled={pending} onClick={more}>
            {t(`再看 ${Math.min(PAGE, rest)} 对（还有 ${number(rest)} 对）`, `${Math.min(PAGE, rest)} more of ${number(rest)}`)}
          </button>
        </p>
      )}
    </section>
  );
}

/** Which pairs: those of a name, of a type. */
function Choose({ chosen, total }: { chosen: Chosen; total: number }) {
  const [name, setName] = useState(chosen.name);
  useEffect(() => setName(chosen.name), [chosen.name]);
  const choose = ({ name, types }: Chosen) =>
    go('review', new URLSearchParams([...(name.trim() ? [['name', name.trim()]] : []), ...types.map((type) => ['types', type])]));
  const submit = (event: Event) => {
    event.preventDefault();
    choose({ ...chosen, name });
  };
  return (
    <form class="bar" onSubmit={submit}>
      <h2>{t(`可能是同一个的：${number(total)} 对`, `Pairs that may be one: ${number(total)}`)}</h2>
      <label class="end">
        {t('名称', 'Name')} <NameField value={name} set={setName} suggest usual="*" />
      </label>
      <label>
        {t('类型', 'Type')}{' '}
        <select
          value={chosen.types[0] ?? ''}
          onChange={({ currentTarget: { value } }) => choose({ ...chosen, types: value ? [value] : [] })}
        >
          <option value="">{t('不限', 'any')}</option>
          {[...entityTypes.value.values()].map((type) => (
            <option key={type.name} value={type.name}>
              {label(type.label, type.name)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{t('查找', 'Find')}</button>
    </form>
  );
}

/** Why two may be one, in Chinese. */
const WHY: Record<string, string> = {
  'one name': '同名', 'short name': '一个像是另一个的简称', 'legal form': '只差公司形式', 'one of several': '可能是几个之一',
  'one identifier': '同一编号',
};

function Pair({ pair, skip }: { pair: Candidate; skip: () => void }) {
  const { one, other } = pair;
  const both = (
    <p>
      {one.name} · {other.name}
    </p>
  );
  return (
    <li class="candidate">
      <div class="sides">
        <Side entity={one} place={pair.places[0]} />
        <Side entity={other} place={pair.places[1]} />
      </div>
      {pair.shared.length > 0 && (
        <p class="shared">
          <span class="quiet">{t('两边的文献都提到：', 'Documents of both mention: ')}</span>
          {pair.shared.map((entity) => (
            <EntityLink key={entity.id} entity={entity} />
          ))}
        </p>
      )}
      <div class="acts">
        <Decide words={t('是同一个', 'They are one')} title={t('这两个是同一个', 'These two are one')} act={{ act: 'merge', entities: [one.id, other.id] }}>
          {both}
        </Decide>
        <Decide
          words={t('不是同一个', 'They are not')}
          title={t('这两个不是同一个', 'These two are not one')}
          act={{ act: 'distinguish', entities: [one.id, other.id] }}
        >
          {both}
        </Decide>
        <button type="button" onClick={skip}>
          {t('以后再说', 'Later')}
        </button>
        <span class="quiet end">
          {(language.value === 'zh' && WHY[pair.why]) || pair.why} · {pair.score.toFixed(2)}
          {pair.pairs > 1 && t(` · 同样名称的共 ${number(pair.pairs)} 对`, ` · ${number(pair.pairs)} pairs of these names`)}
        </span>
      </div>
    </li>
  );
}

/** One of two entities, with what tells it from the other: its names, its facts, their words. */
function Side({ entity, place }: { entity: EntityRef; place?: Candidate['places'][number] }) {
  const { answer, error } = useAsked(`${entity.id} ${revision.value}`, async (signal) => {
    const [about, stated] = await Promise.all([
      get<Entity>('entity', { id: entity.id }, signal),
      get<Facts>('facts', { entity: entity.id, limit: FACTS }, signal),
    ]);
    return { about, stated };
  });
  const type = entityTypes.value.get(entity.type);
  const names = answer?.about.names.filter((name) => name !== entity.name) ?? [];
  return (
    <div class="one-side">
      <h3>
        <EntityLink entity={entity} />
      </h3>
      <div class="quiet">
        {[
          label(type?.label, entity.type),
          answer && t(`${number(answer.about.mentions)} 处提及`, `${number(answer.about.mentions)} mentions`),
          answer && t(`${number(answer.about.documents.length)} 篇文献`, `${number(answer.about.documents.length)} documents`),
          answer && t(`${number(answer.stated.total)} 条事实`, `${number(answer.stated.total)} facts`),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {names.length > 0 && <p class="names">{t('也叫：', 'Also: ') + names.join('、')}</p>}
      {answer && answer.about.wider.length > 0 && (
        <p class="quiet">{t('归于：', 'Under: ') + answer.about.wider.map((one) => one.name).join('、')}</p>
      )}
      {error && <p class="refused">{error}</p>}
      {answer?.stated.facts.map((fact) => (
        <div key={fact.id} class="told">
          <span class="quiet">
            {[label(factTypes.value.get(fact.type)?.label, fact.type), fact.document.title ?? fact.document.id, fact.document.published]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {fact.evidence.slice(0, 1).map((evidence) => (
            <Sentence key={evidence.start} fact={fact} evidence={evidence} />
          ))}
        </div>
      ))}
      {place && answer?.stated.total === 0 && (
        <div class="told">
          <a class="quiet" href={href('documents', { id: place.document })}>
            {answer.about.documents.find((one) => one.id === place.document)?.title ?? place.document}
          </a>
          <blockquote class="sentence">{place.text}</blockquote>
        </div>
      )}
    </div>
  );
}
