import { resolve } from 'node:path';

/** Where journeys leave what they have seen. */
export const pictures = resolve(import.meta.dirname, '../../.data/journeys');
