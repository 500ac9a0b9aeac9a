import type { SavedQuery } from '../api';

/** Ids as tables show them; all else that a parameter is given is a string. */
const ID = /^(person|group|org|place|product|work|activity|disease|fact|doc)\/[^\s<>"{}|\\^`]+$/;

function term(value: string, base: string): string {
  return ID.test(value) ? `<${base}${value}>` : JSON.stringify(value);
}

/**
 * A saved query's text with values for its parameters, so that it can be asked as it stands: `limit` at its end, the others
 * at the beginning of its pattern, where filters see them.
 */
export function filled(query: SavedQuery, given: Record<string, string>, base: string): string {
  const value = (name: string, usual?: string) => given[name] ?? usual ?? '';
  const limit = query.params.find(({ name }) => name === 'limit');
  const bound = query.params.filter(({ name }) => name !== 'limit');
  let { text } = query;
  if (bound.length > 0) {
    const names = bound.map(({ name }) => `?${name}`).join(' ');
    const terms = bound.map((param) => term(value(param.name, param.default), base)).join(' ');
    text = text.replace(/^([^#\n].*?)?WHERE\s*\{/m, (begin) => `${begin}\n  VALUES (${names}) { (${terms}) }`);
  }
  return limit ? `${text.trimEnd()}\nLIMIT ${Number.parseInt(value('limit', limit.default), 10) || 20}\n` : text;
}
