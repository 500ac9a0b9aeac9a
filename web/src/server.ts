import { computed, signal } from '@preact/signals';
import { get, type EntityType, type FactType, type Schema, type Status } from './api';

/** How far the server is; none until it has answered. */
export const status = signal<Status | undefined>(undefined);
export const schema = signal<Schema | undefined>(undefined);
/** Why the server cannot be asked. */
export const failure = signal<string | undefined>(undefined);

/** How many decisions were made here: whoever shows what they may change asks again when it grows. */
export const revision = signal(0);

export const entityTypes = computed(() => new Map<string, EntityType>(schema.value?.entity_types.map((one) => [one.name, one])));
export const factTypes = computed(() => new Map<string, FactType>(schema.value?.fact_types.map((one) => [one.name, one])));

/** Asks until the graph is loaded, then for its schema. */
export async function start(): Promise<void> {
  for (;;) {
    try {
      status.value = await get<Status>('status');
      failure.value = status.value.error;
      if (status.value.state === 'ready') {
        schema.value = await get<Schema>('schema');
        return;
      }
      if (status.value.state === 'failed') return;
    } catch (error) {
      failure.value = (error as Error).message;
    }
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** After a decision: what was asked is asked again, by all that heed `revision`. */
export async function revised(): Promise<void> {
  [status.value, schema.value] = await Promise.all([get<Status>('status'), get<Schema>('schema')]);
  revision.value += 1;
}
