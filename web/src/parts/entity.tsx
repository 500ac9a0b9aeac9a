import type { EntityRef } from '../api';
import { label } from '../i18n';
import { href } from '../location';
import { entityTypes } from '../server';

/** Corners of the shapes in a box of 20 by 20, as exported pictures draw them. */
const CORNERS: Record<string, string> = {
  square: '2,2 18,2 18,18 2,18',
  hexagon: '19,10 14.5,18 5.5,18 1,10 5.5,2 14.5,2',
  triangle: '1,3 19,3 10,19',
  diamond: '10,0 20,10 10,20 0,10',
  pentagon: '10,1 19,7.6 15.6,18 4.4,18 1,7.6',
  star: '10,0 12.7,6.6 20,7 14.4,11.6 16.2,18.8 10,14.8 3.8,18.8 5.6,11.6 0,7 7.3,6.6',
  cross: '7,1 13,1 13,7 19,7 19,13 13,13 13,19 7,19 7,13 1,13 1,7 7,7',
  bar: '1,7 19,7 19,13 1,13',
};

/** The sign of an entity type: its colour and shape. */
export function Sign({ type }: { type: string }) {
  const kind = entityTypes.value.get(type);
  const fill = kind?.colour ?? '#4d4d4d';
  const corners = CORNERS[kind?.shape ?? 'bar'];
  return (
    <svg class="sign" viewBox="-1 -1 22 22" width="12" height="12" role="img" aria-label={label(kind?.label, type)}>
      {corners ? <polygon points={corners} fill={fill} /> : <circle cx="10" cy="10" r="9" fill={fill} />}
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
