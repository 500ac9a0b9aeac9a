import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');
const stored = localStorage.getItem('tupu.theme');

/** Light or dark: the one chosen before, or the system's. */
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : dark.matches ? 'dark' : 'light');

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  localStorage.setItem('tupu.theme', theme.value);
});
