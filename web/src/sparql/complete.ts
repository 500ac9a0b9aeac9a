import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { Label, Term } from '../api';

const KEYWORDS = [
  'SELECT', 'DISTINCT', 'WHERE', 'FILTER', 'OPTIONAL', 'UNION', 'MINUS', 'BIND', 'VALUES', 'GRAPH', 'GROUP BY', 'ORDER BY',
  'HAVING', 'LIMIT', 'OFFSET', 'CONSTRUCT', 'ASK', 'DESCRIBE', 'PREFIX', 'AS', 'ASC', 'DESC', 'IN', 'NOT IN', 'EXISTS',
  'NOT EXISTS', 'COUNT', 'SUM', 'MIN', 'MAX', 'AVG', 'SAMPLE', 'GROUP_CONCAT', 'STR', 'LANG', 'DATATYPE', 'BOUND', 'IF',
  'COALESCE', 'CONTAINS', 'STRSTARTS', 'STRENDS', 'STRAFTER', 'STRBEFORE', 'STRLEN', 'SUBSTR', 'REGEX', 'REPLACE', 'CONCAT',
  'LCASE', 'UCASE', 'YEAR', 'MONTH', 'DAY', 'ABS', 'ROUND', 'ISIRI', 'ISLITERAL',
];

/** What can be completed, apart from the query's own variables. */
export interface Vocabulary {
  terms: Term[];
  prefixes: [string, string][];
  /** Of a label, the page's language first. */
  detail: (of: Label) => string;
}

/** How well a term goes with what is typed: its name from the beginning, any part of it, a label; none where undefined. */
function fit(term: Term, typed: string): number | undefined {
  const local = term.name.slice(term.name.indexOf(':') + 1).toLowerCase();
  const whole = term.name.toLowerCase();
  if (whole.startsWith(typed) || local.startsWith(typed)) return 3;
  if (term.label.zh.includes(typed) || term.label.en.toLowerCase().startsWith(typed)) return 2;
  return local.includes(typed) || term.label.en.toLowerCase().includes(typed) ? 1 : undefined;
}

/** The variables of a query but the one that is being typed. */
function variables(query: string, from: number): Completion[] {
  const names = new Set<string>();
  for (const found of query.matchAll(/[?$][\p{L}\p{N}_]+/gu)) if (found.index !== from) names.add(`?${found[0].slice(1)}`);
  return [...names].sort().map((label) => ({ label, type: 'variable' }));
}

/** Completes prefixes, classes and properties by name or label, keywords, and variables that the query has already. */
export function complete({ terms, prefixes, detail }: Vocabulary) {
  return (context: CompletionContext): CompletionResult | null => {
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (/string|comment/.test(inside)) return null;
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_:.-]*/u);
    const text = word?.text ?? '';
    const from = word?.from ?? context.pos;
    if (!text && !context.explicit) return null;
    if (/^[?$]/.test(text)) {
      const options = variables(context.state.doc.toString(), from).filter(({ label }) => label.slice(1).startsWith(text.slice(1)));
      return options.length > 0 ? { from, options, filter: false } : null;
    }
    const typed = text.toLowerCase();
    const isClassWanted = /\b(a|rdf:type)\s+$/.test(context.state.sliceDoc(Math.max(0, from - 20), from));
    const rank = (term: Term, by: number) => by + (isClassWanted === (term.kind === 'class') ? 4 : 0);
    const found: [number, Completion][] = [];
    for (const term of terms) {
      const by = fit(term, typed);
      if (by) found.push([rank(term, by), { label: term.name, detail: detail(term.label), type: term.kind }]);
    }
    for (const [prefix, namespace] of prefixes) {
      if (`${prefix}:`.startsWith(typed)) found.push([3, { label: `${prefix}:`, detail: namespace, type: 'namespace' }]);
    }
    for (const keyword of KEYWORDS) {
      if (keyword.toLowerCase().startsWith(typed)) found.push([typed ? 5 : 2, { label: keyword, type: 'keyword' }]);
    }
    if (context.explicit && !text) for (const variable of variables(context.state.doc.toString(), from)) found.push([6, variable]);
    found.sort(([a, one], [b, other]) => b - a || one.label.length - other.label.length || (one.label < other.label ? -1 : 1));
    return found.length > 0 ? { from, options: found.map(([, option]) => option), filter: false } : null;
  };
}
