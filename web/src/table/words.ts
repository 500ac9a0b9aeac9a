import { label, language, t } from '../i18n';
import { schema } from '../server';

/** Columns of saved queries that no role is called by. */
const COLUMNS: Record<string, string> = {
  document: '文献', fact: '事实', evidence: '依据', time: '时间', kind: '类型', label: '内容', status: '状态',
  number: '数值', currency: '币种', bound: '界限', unit: '单位', day: '日期', region: '地区', what: '内容',
  source: '来源', published: '发布日期', facts: '事实数', documents: '文献数', kinds: '种类数', reprints: '转载数',
  headline: '标题', partners: '合作方', giver: '给予方', receiver: '接受方', goods: '物品', who: '谁', whom: '给谁',
  entity: '实体', name: '名称', type: '类型', role: '角色', post: '职务', state: '状态', change: '变动', word: '词',
  words: '原文', sentence: '句子', triggers: '触发词', lack: '缺少', article: '文章', author: '作者', address: '网址',
  print: '转载', text: '文字', at: '位置', about: '关于',
};

/** What a column is called: its role's label, or a word of the page, or the variable as it is. */
export function columnLabel(name: string): string {
  if (language.value === 'en') return name.replaceAll('_', ' ');
  return COLUMNS[name] ?? label(schema.value?.roles[name], name);
}

export function rowCount(count: number, truncated: boolean): string {
  const shown = count.toLocaleString();
  return truncated ? t(`只取了前 ${shown} 行`, `the first ${shown} rows only`) : t(`${shown} 行`, `${shown} ${count === 1 ? 'row' : 'rows'}`);
}
