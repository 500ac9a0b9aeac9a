import type { Core, NodeSingular } from 'cytoscape';

/** From this zoom on words grow with the picture. */
const GROWS = 1.3;
const SIDE = 64;
/** So many nodes, the greatest, are named before all else. */
const NAMED = 24;
/** More names than this are never shown at once. */
const MOST = 250;

/** How many letters of full width words are as wide as. */
export function letters(words: string): number {
  return [...words].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.56), 0);
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** What is taken, looked up by squares. */
class Taken {
  private readonly squares = new Map<string, Box[]>();

  private *around(box: Box): Generator<string> {
    for (let x = Math.floor(box.left / SIDE); x <= Math.floor(box.right / SIDE); x += 1)
      for (let y = Math.floor(box.top / SIDE); y <= Math.floor(box.bottom / SIDE); y += 1) yield `${x},${y}`;
  }

  has(box: Box): boolean {
    for (const key of this.around(box))
      for (const other of this.squares.get(key) ?? [])
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
    return false;
  }

  add(box: Box): void {
    for (const key of this.around(box)) {
      const here = this.squares.get(key);
      if (here) here.push(box);
      else this.squares.set(key, [box]);
    }
  }
}

/**
 * Words keep their size on the screen, and only those are shown that cover neither each other nor a node, the greatest
 * nodes first. Returns what works it out anew; a change of the zoom does, once it has come to rest.
 */
export function labels(cy: Core): () => void {
  let waiting = 0;
  let at = 0;
  const work = () => {
    if (cy.destroyed()) return;
    const zoom = cy.zoom();
    at = zoom;
    const scale = Math.min(zoom, GROWS);
    const order = cy.nodes().toArray() as NodeSingular[];
    const rank = (node: NodeSingular) => (node.selected() ? 2e4 : node.hasClass('near') ? 1e4 : 0) + Number(node.data('depth'));
    order.sort((one, other) => rank(other) - rank(one));
    const taken = new Taken();
    const scaled = order.map((node) => {
      const { x, y } = node.position();
      return { node, x: x * zoom, y: y * zoom, half: (Number(node.data('side')) / 2) * zoom };
    });
    const nodes = new Taken();
    for (const { x, y, half } of scaled) nodes.add({ left: x - half * 0.7, right: x + half * 0.7, top: y - half * 0.7, bottom: y + half * 0.7 });
    cy.batch(() => {
      scaled.forEach(({ node, x, y, half }, rank) => {
        if (rank >= MOST) return void node.removeClass('named above');
        const size = Number(node.data('size')) * (zoom / scale);
        const wide = (letters(String(node.data('words'))) * size) / 2 + 2;
        const below = { left: x - wide, right: x + wide, top: y + half + 2, bottom: y + half + 3 + size };
        const above = { ...below, top: y - half - 3 - size, bottom: y - half - 2 };
        const free = (box: Box) => !taken.has(box) && !nodes.has(box);
        // The names of the greatest are wanted even over small nodes.
        const box = free(below) ? below : free(above) ? above : rank < NAMED && !taken.has(below) ? below : undefined;
        if (box) taken.add(box);
        node.toggleClass('named', !!box);
        node.toggleClass('above', box === above);
        if (box || node.hasClass('near')) node.data({ font: Number(node.data('size')) / scale, halo: 2 / scale });
      });
      cy.edges('.near, :selected').forEach((edge) => {
        const [from, to] = [edge.source().position(), edge.target().position()];
        const free = Math.hypot(from.x - to.x, from.y - to.y) * zoom - (Number(edge.source().data('side')) + Number(edge.target().data('side'))) * zoom * 0.5;
        // A relation is told where its line is longer than its words.
        edge.toggleClass('told', edge.selected() || free > letters(String(edge.data('words'))) * 10 + 14);
        edge.data({ font: 10 / scale, halo: 1.6 / scale });
      });
    });
  };
  cy.on('zoom', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => Math.abs(cy.zoom() / at - 1) > 0.02 && work(), cy.nodes().length > MOST ? 350 : 120);
  });
  cy.on('mouseover', 'node', (event) => {
    const node = event.target as NodeSingular;
    node.data({ font: Number(node.data('size')) / Math.min(cy.zoom(), GROWS), halo: 2 / Math.min(cy.zoom(), GROWS) });
  });
  return work;
}
