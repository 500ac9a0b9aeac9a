import type { EntityRef } from '../api';
import { points } from '../graph/shapes';
import { label } from '../i18n';
import { href } from '../location';
import { entityTypes } from '../server';

/** The sign of an entity type: its colour and shape. */
export function Sign({ type }: { type: string }) {
  const kind = entityTypes.value.get(type);
  const fill = kind?.colour ?? '#4d4d4d';
  const corners = points(kind?.shape ?? 'bar', 8.5);
  return (
    <svg class="sign" viewBox="-11 -11 22 22" width="13" height="13" role="img" aria-label={label(kind?.label, type)}>
      {corners ? <polygon points={corners} fill={fill} /> : <circle r="8.5" fill={fill} />}
    </svg>
  );
}

/** An entity's name, which leads to it in the graph. */
export function EntityLink({ entity, words }: { entity: EntityRef; words?: string }) {
  return (
    <a class="entity" href={href('graph', { nodes: entity.id, expand: entity.id, top: '0', select: entity.id })}>
      <Sign type={entity.type} />
      {words ?? entity.name}
    </a>
  );
}
