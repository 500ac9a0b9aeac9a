import { computed } from '@preact/signals';
import { schema } from '../server';

/** So many fact types have a colour of their own in the timeline; all others share shade 0. */
const SHADES = 8;

const ranks = computed(() => {
  const types = [...(schema.value?.fact_types ?? [])].sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
  return new Map(types.slice(0, SHADES).map(({ name }, at) => [name, at + 1]));
});

/** The number of a fact type's colour: the most frequent ones have their own. */
export function shadeOf(type: string): number {
  return ranks.value.get(type) ?? 0;
}
