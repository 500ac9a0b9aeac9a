import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';

const [LEAST, MOST, USUAL, STEP] = [300, 900, 390, 20];

function stored(): number {
  const width = Number(localStorage.getItem('tupu.panel'));
  return width >= LEAST && width <= MOST ? width : USUAL;
}

/** The edge of the panel, by which it is made wider: it is drawn, or moved with the arrows. */
export function Divider() {
  const [width, setWidth] = useState(stored);
  const set = (to: number) => setWidth(Math.round(Math.max(LEAST, Math.min(MOST, innerWidth * 0.7, to))));
  useEffect(() => {
    document.documentElement.style.setProperty('--panel', `${width}px`);
    localStorage.setItem('tupu.panel', String(width));
  }, [width]);
  return (
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('面板宽度', 'Width of the panel')}
      aria-valuenow={width}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => (event.preventDefault(), event.currentTarget.setPointerCapture(event.pointerId))}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && set(innerWidth - event.clientX)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
        if (by) (event.preventDefault(), set(width + by));
      }}
    />
  );
}
