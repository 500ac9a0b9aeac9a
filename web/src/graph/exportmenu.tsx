import { useEffect, useRef, useState } from 'preact/hooks';
import type { Graph } from '../api';
import { t } from '../i18n';
import { theme } from '../theme';
import { picture } from './shown';
import { asked, print, type GraphState } from './state';
import { INK } from './style';
import { drawn } from './svg';

const FORMATS = (): [string, string, string][] => [
  ['graphml', 'GraphML', t('Gephi、yEd、networkx、igraph', 'Gephi, yEd, networkx, igraph')],
  ['gexf', 'GEXF', t('Gephi，带时间', 'Gephi, with days')],
  ['csv', 'CSV', t('节点、边、事实三张表（zip）', 'tables of nodes, edges and facts (zip)')],
  ['cytoscape', 'Cytoscape JSON', t('Cytoscape、Cytoscape.js', 'Cytoscape, Cytoscape.js')],
  ['svg', 'SVG', t('重新排版，供论文用，至多 300 个节点', 'laid out for papers, up to 300 nodes')],
];

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What is shown, as a file or a link. */
export function ExportMenu({ state, graph }: { state: GraphState; graph: Graph | undefined }) {
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    addEventListener('keydown', leave);
    return () => (removeEventListener('pointerdown', leave), removeEventListener('keydown', leave));
  }, [open]);
  const query = asked(state);
  const permalink = `${window.location.origin}${window.location.pathname}#/graph?${print(state)}`;
  const copy = () =>
    navigator.clipboard.writeText(permalink).then(
      () => setCopied(t('已复制', 'Copied')),
      () => setCopied(t('浏览器不许复制；请从地址栏复制', 'The browser forbids it; copy the address')),
    );
  const png = async () => {
    const shown = picture.value?.cy;
    if (shown) save(await (shown.png({ output: 'blob-promise', full: true, scale: 2, maxWidth: 8000, bg: INK[theme.value].paper }) as unknown as Promise<Blob>), 'tupu.png');
    setOpen(false);
  };
  const svg = () => {
    const shown = picture.value?.cy;
    if (shown) save(new Blob([drawn(shown, INK[theme.value])], { type: 'image/svg+xml' }), 'tupu-view.svg');
    setOpen(false);
  };
  return (
    <div class="menu" ref={box}>
      <button type="button" aria-haspopup="true" aria-expanded={open} disabled={!graph?.nodes.length} onClick={() => (setOpen(!open), setCopied(''))}>
        {t('导出', 'Export')} ▾
      </button>
      {open && (
        <div class="sheet">
          {FORMATS().map(([format, name, what]) => (
            <a key={format} href={`api/export/${format}?${query}`} download onClick={() => setOpen(false)}>
              {name} <small>{what}</small>
            </a>
          ))}
          {!state.table && (
            <>
              <button type="button" onClick={png}>
                PNG <small>{t('如所见，两倍大', 'as seen, at twice the size')}</small>
              </button>
              <button type="button" onClick={svg}>
                SVG <small>{t('如所见', 'as seen')}</small>
              </button>
            </>
          )}
          <button type="button" onClick={copy}>
            {t('复制链接', 'Copy the link')} <small>{copied || t('打开它就是这个图', 'opens just this view')}</small>
          </button>
        </div>
      )}
    </div>
  );
}
