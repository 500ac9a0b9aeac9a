import { signal } from '@preact/signals';
import type { Picture } from './picture';

/** The picture on the page, while there is one. */
export const picture = signal<Picture | undefined>(undefined);

/** All nodes that are chosen, where it is more than one. */
export const chosenNodes = signal<string[]>([]);
