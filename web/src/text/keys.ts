import { useEffect } from 'preact/hooks';

/** Whether keys are being typed into a field, where they are letters and not commands. */
function typing(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable=true], dialog') !== null;
}

/** Does something when a key is pressed anywhere but in a field. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event)) return;
      const act = keys[event.key];
      if (act) (event.preventDefault(), act());
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
