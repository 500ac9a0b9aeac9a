import type { StylesheetJson } from 'cytoscape';
import type { Theme } from '../theme';
import { CORNERS, reach } from './shapes';

const FONTS = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** What pictures are drawn with: Cytoscape knows no variables of CSS. */
export const INK = {
  light: { paper: '#ffffff', ink: '#1c2127', line: '#8b96a2', quiet: '#59636e', accent: '#c2410c', rim: '#000000' },
  dark: { paper: '#171b20', ink: '#e8ebee', line: '#6b7783', quiet: '#a0a9b3', accent: '#ffb37a', rim: '#ffffff' },
};

/** Corners as Cytoscape wants them: within a box from -1 to 1. */
function corners(shape: string): string {
  const far = reach(shape);
  return (CORNERS[shape] ?? []).flat().map((one) => one / far).join(' ');
}

/** How the graph is drawn. `large` graphs leave out what takes time; of `huge` ones edges are only looked at. */
export function stylesheet(theme: Theme, large: boolean, huge: boolean): StylesheetJson {
  const ink = INK[theme];
  const sheet: StylesheetJson = [
    {
      selector: 'node',
      style: {
        width: 'data(side)',
        height: 'data(side)',
        'background-color': 'data(fill)',
        'border-width': large ? 0 : 1,
        'border-color': ink.rim,
        'border-opacity': 0.35,
        'font-family': FONTS,
        'font-size': 'data(font)',
        'text-valign': 'bottom',
        'text-margin-y': 2,
        color: ink.ink,
        'text-outline-color': ink.paper,
        'text-outline-width': 'data(halo)',
        'text-outline-opacity': 0.92,
        'z-index': 'data(depth)' as unknown as number,
        'overlay-opacity': 0,
      },
    },
    // Which names there is room for, `labels.ts` works out.
    { selector: 'node.named, node.near, node.hover, node:selected', style: { label: 'data(words)' } },
    { selector: 'node.above', style: { 'text-valign': 'top', 'text-margin-y': -2 } },
    ...Object.keys(CORNERS)
      .filter((shape) => shape !== 'circle')
      .map((shape) => ({
        selector: `node[shape = "${shape}"]`,
        style: { shape: 'polygon' as const, 'shape-polygon-points': corners(shape) },
      })),
    { selector: 'node.unreal', style: { 'border-style': 'dashed', 'border-width': 2, 'border-color': ink.quiet, 'background-opacity': 0.25 } },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': ink.line,
        'curve-style': large ? 'haystack' : 'bezier',
        'haystack-radius': 0,
        'control-point-step-size': 28,
        'target-arrow-color': ink.line,
        'arrow-scale': 0.8,
        opacity: large ? 0.55 : 0.8,
        events: huge ? 'no' : 'yes',
        label: large ? '' : 'data(words)',
        'font-family': FONTS,
        'font-size': 8.5,
        color: ink.quiet,
        'text-outline-color': ink.paper,
        'text-outline-width': 1.5,
        'text-rotation': 'autorotate',
        'min-zoomed-font-size': 9.5,
        'overlay-opacity': 0,
      },
    },
    { selector: 'edge.directed', style: { 'target-arrow-shape': 'triangle' } },
    { selector: '.faint', style: { opacity: 0.3 } },
    { selector: 'node.faint', style: { 'text-opacity': 0.35 } },
    { selector: 'node.near', style: { 'z-index': 200 } },
    {
      selector: 'edge.near',
      style: { 'line-color': ink.quiet, 'target-arrow-color': ink.quiet, opacity: 1, label: '', 'font-size': 'data(font)', 'min-zoomed-font-size': 0, 'text-outline-width': 'data(halo)', color: ink.ink, 'z-index': 150 },
    },
    { selector: 'edge.told', style: { label: 'data(words)' } },
    {
      selector: 'node:selected',
      style: { 'border-width': 3, 'border-color': ink.accent, 'border-opacity': 1, 'font-weight': 'bold', 'z-index': 300, 'underlay-color': ink.accent, 'underlay-opacity': 0.22, 'underlay-padding': 7 },
    },
    {
      selector: 'edge:selected',
      style: { 'line-color': ink.accent, 'target-arrow-color': ink.accent, opacity: 1, 'z-index': 160 },
    },
    { selector: 'node.pinned', style: { 'border-style': 'double', 'border-width': 4 } },
    { selector: 'node.hover', style: { 'z-index': 400, 'underlay-color': ink.quiet, 'underlay-opacity': 0.18, 'underlay-padding': 5 } },
    { selector: 'core', style: { 'selection-box-color': ink.accent, 'selection-box-border-color': ink.accent, 'selection-box-opacity': 0.15, 'active-bg-opacity': 0 } } as unknown as StylesheetJson[number],
  ];
  return sheet;
}
