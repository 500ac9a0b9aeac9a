import { t } from '../i18n';

/** Bytes of a file that is read here; a longer one is for `tupu build`. */
const MOST = 2_000_000;

/** The text of a file: UTF-8, else GB 18030, in which older Chinese files are. Throws where it is no text, or too long. */
export async function textOf(file: File): Promise<string> {
  if (file.size > MOST) throw new Error(t('文件太长了：长的请用 tupu build 读入', 'The file is too long here: read it with tupu build'));
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  if (/[\0\ufffd]/.test(text)) throw new Error(t('这不是文本文件（.txt、.md）', 'This is no text file (.txt, .md)'));
  return text;
}
