import { type ModelCard, modelCardSchema } from '@cellmixer/cellmixer/card';

/** The card of a model version; null where it was made without one. */
export function readCard(stored: unknown): ModelCard | null {
  return modelCardSchema.safeParse(stored).data ?? null;
}
