import { effect, signal } from '@preact/signals';
import type { Label } from './api';

export type Language = 'zh' | 'en';

const stored = localStorage.getItem('tupu.language');

/** The language of the page: the one chosen before, or the browser's. */
export const language = signal<Language>(
  stored === 'zh' || stored === 'en' ? stored : navigator.language.startsWith('zh') ? 'zh' : 'en',
);

effect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem('tupu.language', language.value);
});

/** The words for the page's language. What both languages say stands side by side where it is used. */
export function t(zh: string, en: string): string {
  return language.value === 'zh' ? zh : en;
}

/** The one of a label's two languages. */
export function label(of: Label | undefined, otherwise: string): string {
  return of?.[language.value] || otherwise;
}

/** A number with the thousands apart. */
export function number(value: number): string {
  return value.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en-US');
}
