import { useState } from 'preact/hooks';
import { get, type Candidate, type Decision, type Entity, type EntityRef, type Facts, type Review } from '../api';
import { label, number, t } from '../i18n';
import { Decide } from '../parts/decide';
import { EntityLink } from '../parts/entity';
import { Sentence } from '../parts/fact';
import { Empty, Failed, Loading, useAsked } from '../parts/states';
import { entityTypes, factTypes, revision, status } from '../server';
import '../styles/page.css';
import '../styles/review.css';

/** Candidates that are shown at once, and by how many more are. */
const PAGE = 10;
/** Facts that are shown of an entity. */
const FACTS = 3;

/** What may be one, and what was decided. */
export function ReviewView() {
  const allowed = status.value?.review === true;
  const { answer, error, again } = useAsked(allowed ? String(revision.value) : undefined, (signal) => get<Review>('review', {}, signal));
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
      <Candidates candidates={answer.candidates} />
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

function Candidates({ candidates }: { candidates: Candidate[] }) {
  const [words, setWords] = useState('');
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const key = ({ one, other }: Candidate) => `${one.id} ${other.id}`;
  const found = candidates.filter(
    (pair) => !later.has(key(pair)) && (!words.trim() || pair.one.name.includes(words.trim()) || pair.other.name.includes(words.trim())),
  );
  if (candidates.length === 0) {
    return <Empty title={t('没有看来相同的实体', 'No two entities seem to be one')}>{t('图里的名称都分清了。', 'All names in the graph are told apart.')}</Empty>;
  }
  return (
    <section>
      <div class="bar">
        <h2>{t(`可能是同一个的：${number(found.length)} 对`, `Pairs that may be one: ${number(found.length)}`)}</h2>
        <input
          class="end"
          type="search"
          value={words}
          placeholder={t('只看名称含有…', 'Names with …')}
          aria-label={t('只看名称含有…', 'Names with …')}
          onInput={(event) => (setWords(event.currentTarget.value), setShown(PAGE))}
        />
      </div>
      <ol class="candidates">
        {found.slice(0, shown).map((pair) => (
          <Pair key={key(pair)} pair={pair} skip={() => setLater(new Set([...later, key(pair)]))} />
        ))}
      </ol>
      {found.length === 0 && <p class="quiet">{t('没有了。', 'None is left.')}</p>}
      {found.length > shown && (
        <p class="more">
          <button type="button" onClick={() => setShown(shown + PAGE)}>
            {t(`再看 ${Math.min(PAGE, found.length - shown)} 对`, `${Math.min(PAGE, found.length - shown)} more`)}
          </button>
        </p>
      )}
    </section>
  );
}

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
        <Side entity={one} />
        <Side entity={other} />
      </div>
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
          {pair.why} · {pair.score.toFixed(2)}
        </span>
      </div>
    </li>
  );
}

/** One of two entities, with what tells it from the other: its names, its facts, their words. */
function Side({ entity }: { entity: EntityRef }) {
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
      {answer?.stated.total === 0 && (
        <p class="quiet">{t('没有关于它的事实。见于：', 'No facts about it. Stands in: ') + answer.about.documents.slice(0, 3).map((one) => one.title ?? one.id).join('；')}</p>
      )}
    </div>
  );
}
