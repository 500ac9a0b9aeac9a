import type { SavedQuery } from '../api';
import { label, language } from '../i18n';
import { schema } from '../server';

type Param = SavedQuery['params'][number];

/** The built-in questions in Chinese, by the English title that they have in their file: one of the user's own keeps its words. */
const QUESTIONS: Record<string, [string, string]> = {
  Cases: ['病例数', '某地某种疾病有多少病例：每个数字一行，带地点、口径和日期。'],
  Collaborations: ['合作', '谁与谁合作，合作什么：每次已实现的合作一行。'],
  Connections: ['两者之间', '把两个实体连在一起的事实，计划中的和被否认的也在内（见状态）。'],
  Dispatches: ['派遣', '谁派了哪些人去哪里：每次已实现的派遣一行。'],
  Documents: ['文献', '读过的每篇文献：发布日期、来源、事实数、转载数和标题。'],
  Donations: ['捐赠', '谁无偿把什么给了谁：每次已实现的捐赠一行。'],
  Entity: ['一个实体', '关于一个实体的全部事实，计划中的和被否认的也在内：每条事实的每个角色一行。'],
  Establishments: ['成立', '谁设立了哪个机构：每次已实现的设立一行。'],
  Evidence: ['依据', '说出某条事实的原话：文中每处一行，不论状态。'],
  Flows: ['物资流向', '谁把什么给了谁：已实现的捐赠、供应和运送，每次一行。'],
  Money: ['资金', '谁捐、投、拨、募、付了多少钱：每笔已实现的款项一行，同币种大的在前。'],
  Participants: ['活动与参与者', '谁办了什么活动，谁参加：每条已实现的事实一行。'],
  'Changes of position': ['职务变动', '谁就任或卸任什么职务，按时间排列：有日期的任职，以及卸任和被否认的。'],
  Positions: ['任职', '谁在哪里担任什么：每条任职一行。'],
  Provenance: ['一篇文献说了什么', '一篇文献按类型说了哪些事实：每条带状态和原话。'],
  Shipments: ['运送', '谁把什么从哪里运到哪里：每次已实现的运送一行。'],
  Sources: ['出处与转载', '文献从哪里来，又在哪里转载。'],
  Statements: ['表态', '谁说了什么：每次表态一行。'],
  Supplies: ['供应', '谁供应什么给谁：每次已实现的供应一行。'],
  Timeline: ['时间线', '哪天发生了什么：有日期的事实按日期排列，带状态。'],
  Top: ['联系最多的实体', '参与事实最多的实体：事实数和文献数。'],
  Unread: ['没读懂的词', '可能说出事实、却没有读成事实的词，以及缺了什么。'],
};

/** What parameters are, where no role is called so. */
const PARAMS: Record<string, [string, string]> = {
  name: ['名称', '只看有这个实体（或归于它的地点、物品）参与的'],
  a: ['一方', '文献里用过的任何名称'],
  b: ['另一方', '文献里用过的任何名称'],
  about: ['关于', '事实（fact/…，如表中所示），或实体的名称'],
  document: ['文献', '只看这一篇：doc/…，如表中所示'],
  from: ['从', '只看这天、月或年之后的，如 2020-02'],
  to: ['到', '只看这天、月或年之前的'],
  type: ['类型', '只看这一类型，写英文名，如 Organization、Donation'],
  limit: ['行数', '最多这么多行'],
  measure: ['口径', '只看这个口径，如 新增确诊'],
  place: ['地点', '只看这个地点和其中的地点'],
  lacks: ['缺少', '只看缺这个的：subject、object、type、statement'],
};

/** A question's words for the page. */
export function queryWords(query: SavedQuery): { title: string; about: string } {
  const [title, about] = (language.value === 'zh' && QUESTIONS[query.title]) || [query.title, query.about];
  return { title, about };
}

/** A parameter's words for the page. Of a question of the user's own, what its file says of it. */
export function paramWords(query: SavedQuery, param: Param): { title: string; about: string } {
  const own = { title: label(schema.value?.roles[param.name], param.name), about: param.about };
  if (language.value === 'en' || !QUESTIONS[query.title]) return own;
  const [title, about] = PARAMS[param.name] ?? [own.title, own.about];
  return { title, about };
}

/** Whether a parameter takes the name of an entity, so that names can be suggested. */
export function takesName(param: Param): boolean {
  return ['name', 'a', 'b', 'about', 'place'].includes(param.name) || /\b(entity|name)\b/.test(param.about);
}
