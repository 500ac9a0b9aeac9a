/**
 * The corners of shapes in a circle of radius 1, y downwards, as exported pictures draw them (`src/export/style.rs`); a
 * circle has none. Those of a small area reach beyond the circle, so that all look equally large.
 */
export const CORNERS: Record<string, [number, number][]> = {
  circle: [],
  hexagon: [[1.08, 0], [0.54, 0.935], [-0.54, 0.935], [-1.08, 0], [-0.54, -0.935], [0.54, -0.935]],
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  triangle: [[-1.12, -0.8], [1.12, -0.8], [0, 1.14]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  pentagon: [[0, -1.1], [1.046, -0.34], [0.647, 0.89], [-0.647, 0.89], [-1.046, -0.34]],
  star: [
    [0, -1.3], [0.353, -0.485], [1.236, -0.402], [0.571, 0.185], [0.764, 1.052],
    [0, 0.6], [-0.764, 1.052], [-0.571, 0.185], [-1.236, -0.402], [-0.353, -0.485],
  ],
  cross: [
    [-0.38, -1.08], [0.38, -1.08], [0.38, -0.38], [1.08, -0.38], [1.08, 0.38], [0.38, 0.38],
    [0.38, 1.08], [-0.38, 1.08], [-0.38, 0.38], [-1.08, 0.38], [-1.08, -0.38], [-0.38, -0.38],
  ],
  bar: [[-1.15, -0.5], [1.15, -0.5], [1.15, 0.5], [-1.15, 0.5]],
};

/** How far a shape reaches from its middle. */
export function reach(shape: string): number {
  return Math.max(1, ...(CORNERS[shape] ?? []).flat().map(Math.abs));
}

/** The corners for an SVG of radius `radius`. */
export function points(shape: string, radius: number): string {
  return (CORNERS[shape] ?? []).map(([x, y]) => `${x * radius},${y * radius}`).join(' ');
}

/** What communities are coloured with, the largest first; those after them are grey. */
export const COMMUNITIES = [
  '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442', '#7b5fc4',
  '#4d9221', '#b2182b', '#35978f', '#bf812d',
];
export const LESSER = '#9aa3ad';
