import type { EntityRef, Fact, Hop, NetworkKind, Path } from '../api';
import { label, language, t } from '../i18n';
import { href } from '../location';
import { EntityLink } from '../parts/entity';
import { FactCard } from '../parts/fact';
import { factTypes, schema } from '../server';

/** Of a step's facts so many are shown at once. */
const FACTS = 3;

/** Ways from one entity to another, the first one open. */
export function Ways({ paths, network }: { paths: Path[]; network: NetworkKind }) {
  return (
    <>
      <p class="bar">
        <span class="quiet" role="status">
          {t(`最短的 ${paths.length} 条路`, `The ${paths.length} shortest ways`)}
        </span>
        <a class="end" href={shown(paths, network)}>
          {t('全部在图中看', 'All in the graph')}
        </a>
      </p>
      {paths.map((path, at) => (
        <Way key={path.nodes.map((node) => node.id).join(' ')} path={path} network={network} open={at === 0} />
      ))}
    </>
  );
}

/** The nodes of ways in the graph, and nothing else. */
function shown(paths: Path[], network: NetworkKind): string {
  const nodes = new Set(paths.flatMap((path) => path.nodes.map((node) => node.id)));
  const to = new URLSearchParams([['top', '0'], ...[...nodes].map((id) => ['nodes', id])]);
  if (network !== 'direct') to.set('network', network);
  return href('graph', to);
}

function Way({ path, network, open }: { path: Path; network: NetworkKind; open: boolean }) {
  return (
    <details class="way" open={open}>
      <summary>
        <span class="chain">
          <Chain nodes={path.nodes} hops={path.hops} />
        </span>
      </summary>
      <ol class="hops">
        {steps(path).map((step, at) => (
          <Step key={at} {...step} />
        ))}
      </ol>
      <p class="acts">
        <a href={shown([path], network)}>{t('在图中看这条路', 'This way in the graph')}</a>
      </p>
    </details>
  );
}

function Chain({ nodes, hops }: { nodes: EntityRef[]; hops: Hop[] }) {
  return (
    <>
      {nodes.map((node, at) => {
        const hop = hops[at];
        return (
          <span class="link" key={node.id}>
            <Node node={node} />
            {hop && <Relations hop={hop} />}
          </span>
        );
      })}
    </>
  );
}

function isFact(node: EntityRef): boolean {
  return node.id.startsWith('fact/');
}

/** An entity of a way; where facts are nodes, one of those. */
function Node({ node }: { node: EntityRef }) {
  if (!isFact(node)) return <EntityLink entity={node} />;
  return <span class="fact-node">{label(factTypes.value.get(node.type)?.label, node.type)}</span>;
}

/** What joins two nodes in the page's language: the property's label, be it a direct relation, a fact type or a role. */
function relationLabel({ property, label: inChinese }: Hop['relations'][number]): string {
  if (language.value === 'zh') return inChinese;
  const known = schema.value?.relations[property] ?? factTypes.value.get(property)?.label ?? schema.value?.roles[property];
  return label(known, inChinese);
}

/** The relations of a hop with their direction: `—捐赠给→`, `←捐赠给—`. */
function Relations({ hop }: { hop: Hop }) {
  return (
    <span class="relations">
      {hop.relations.map((relation) => (
        <span class="relation" key={relation.property + relation.direction}>
          <span aria-hidden="true">{relation.direction === 'back' ? '←' : '—'}</span>
          <span class="visually-hidden">{relation.direction === 'back' ? t('反向：', 'backward: ') : ''}</span>
          <span class="name">{relationLabel(relation)}</span>
          <span aria-hidden="true">{relation.direction === 'forward' ? '→' : '—'}</span>
        </span>
      ))}
    </span>
  );
}

/** From one entity to the next: a hop, or the two hops to a fact and on from it, which the same words state. */
interface Leg {
  nodes: EntityRef[];
  hops: Hop[];
  facts: Fact[];
}

function steps({ nodes, hops }: Path): Leg[] {
  const out: Leg[] = [];
  for (const [at, hop] of hops.entries()) {
    const [from, to] = [nodes[at], nodes[at + 1]];
    if (!from || !to) continue;
    const last = out.at(-1);
    if (last && isFact(from)) {
      last.nodes.push(to);
      last.hops.push(hop);
    } else out.push({ nodes: [from, to], hops: [hop], facts: hop.facts });
  }
  return out;
}

function Step({ nodes, hops, facts }: Leg) {
  const rest = facts.slice(FACTS);
  return (
    <li>
      <h2>
        <Chain nodes={nodes} hops={hops} />
      </h2>
      <Facts facts={facts.slice(0, FACTS)} />
      {rest.length > 0 && (
        <details>
          <summary>{t(`另外 ${rest.length} 条事实`, `${rest.length} more facts`)}</summary>
          <Facts facts={rest} />
        </details>
      )}
    </li>
  );
}

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <>
      {facts.map((fact) => (
        <FactCard key={fact.id} fact={fact} />
      ))}
    </>
  );
}
