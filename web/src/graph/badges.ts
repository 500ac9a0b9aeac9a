import type { Core } from 'cytoscape';
import { theme } from '../theme';
import { INK } from './style';

/** Of more nodes only those seen from near have badges. */
const MOST = 600;

/** Draws beside each node how many of its neighbours are not shown, above the picture. */
export function badges(cy: Core, canvas: HTMLCanvasElement): void {
  const draw = () => {
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [cy.width(), cy.height()];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const zoom = cy.zoom();
    if (cy.nodes().length > MOST && zoom < 0.8) return;
    const ink = INK[theme.value];
    const size = Math.min(11, 7.5 * Math.max(1, zoom * 0.9));
    context.font = `600 ${size}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const pan = cy.pan();
    cy.nodes().forEach((node) => {
      const hidden = Number(node.data('hidden'));
      if (!hidden || node.hasClass('faint')) return;
      const half = (Number(node.data('side')) / 2) * zoom;
      // Beside small nodes there is no room for numbers.
      if (half < 9 && !node.hasClass('near')) return;
      const at = node.position();
      const reach = half * 0.78;
      const [x, y] = [at.x * zoom + pan.x + reach, at.y * zoom + pan.y - reach];
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) return;
      const words = hidden > 99 ? '99+' : `+${hidden}`;
      const wide = context.measureText(words).width / 2 + 3;
      context.beginPath();
      context.roundRect(x - wide, y - size * 0.7, wide * 2, size * 1.4, size * 0.7);
      context.fillStyle = ink.paper;
      context.fill();
      context.strokeStyle = ink.line;
      context.lineWidth = 1;
      context.stroke();
      context.fillStyle = ink.quiet;
      context.fillText(words, x, y + 0.5);
    });
  };
  cy.on('render', draw);
}
