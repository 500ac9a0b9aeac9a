import type { Core, NodeSingular } from 'cytoscape';
import { points } from './shapes';

interface Ink {
  paper: string;
  ink: string;
  line: string;
}

function escaped(words: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // XML has no place for control characters.
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

/** The picture as it stands, as SVG. */
export function drawn(cy: Core, ink: Ink): string {
  const box = cy.elements().boundingBox();
  const [left, top, width, height] = [box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40].map((one) => Math.round(one));
  const edges = cy.edges().map((edge) => {
    const [a, b] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const [bend] = edge.controlPoints() ?? [];
    const way = bend ? `M${round(a.x)},${round(a.y)}Q${round(bend.x)},${round(bend.y)} ${round(b.x)},${round(b.y)}` : `M${round(a.x)},${round(a.y)}L${round(b.x)},${round(b.y)}`;
    const head = edge.hasClass('directed') ? ' marker-end="url(#head)"' : '';
    return `<path d="${way}" stroke-width="${Number(edge.data('width')).toFixed(2)}"${head}><title>${escaped(String(edge.data('words')))}</title></path>`;
  });
  const nodes = cy.nodes().map((node) => symbol(node, ink));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif">
<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerUnits="userSpaceOnUse" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0.8L8,4L0,7.2z" fill="${ink.line}"/></marker></defs>
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${ink.paper}"/>
<g fill="none" stroke="${ink.line}">
${edges.join('\n')}
</g>
${nodes.join('\n')}
</svg>
`;
}

function symbol(node: NodeSingular, ink: Ink): string {
  const { x, y } = node.position();
  const [radius, shape, font] = [Number(node.data('radius')), String(node.data('shape')), Number(node.data('font'))];
  const unreal = node.hasClass('unreal') ? ' fill-opacity="0.25" stroke-dasharray="3 2"' : '';
  const corners = points(shape, radius);
  const form = corners ? `<polygon points="${corners}"` : `<circle r="${round(radius)}"`;
  const words = escaped(String(node.data('words')));
  const below = round(Number(node.data('side')) / 2 + 2 + font * 0.9);
  return `<g transform="translate(${round(x)},${round(y)})">${form} fill="${String(node.data('fill'))}" stroke="${ink.ink}" stroke-opacity="0.4"${unreal}/><text y="${below}" font-size="${font}" text-anchor="middle" fill="${ink.ink}" stroke="${ink.paper}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${words}</text></g>`;
}

function round(one: number): number {
  return Math.round(one * 10) / 10;
}
