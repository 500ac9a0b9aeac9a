import { signal } from '@preact/signals';

const KEY = 'tupu.sparql';
/** So many queries are kept. */
const MOST = 30;

function kept(): string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** The queries that were asked in this browser, the last first. */
export const asked = signal<string[]>(kept());

function write(queries: string[]): void {
  asked.value = queries;
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Where nothing may be stored, they are kept as long as the page is open.
  }
}

export function remember(query: string): void {
  write([query, ...asked.value.filter((one) => one !== query)].slice(0, MOST));
}

export function forget(): void {
  write([]);
}
