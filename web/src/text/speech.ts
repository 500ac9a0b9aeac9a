import { language } from '../i18n';

/** Parts of speech in Chinese, by the engine's names. */
const CHINESE: Record<string, string> = {
  noun: '名', idiom: '成语', verbnoun: '名动', person: '人名', place: '地名', organization: '机构名', abbreviation: '简称',
  latin: '字母', verb: '动', adjective: '形', distinguishing: '区别', adverb: '副', preposition: '介', conjunction: '连',
  number: '数', measure: '量', pronoun: '代', time: '时', locality: '方位', particle: '助', affix: '缀',
};
const SHORT: Record<string, string> = {
  verbnoun: 'verbal noun', organization: 'org', abbreviation: 'abbr', adjective: 'adj', distinguishing: 'attr', adverb: 'adv',
  preposition: 'prep', conjunction: 'conj', number: 'num', pronoun: 'pron', locality: 'loc', particle: 'part',
};

/** What a part of speech is called beside a word; of punctuation nothing need be said. */
export function speech(pos: string): string | undefined {
  if (pos === 'punctuation') return undefined;
  return (language.value === 'zh' ? CHINESE : SHORT)[pos] ?? pos;
}
