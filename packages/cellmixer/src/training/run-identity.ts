import type { Calibration, Culture, ForegroundParameters, Recipe } from '../contracts.ts';
import type { TrainingSettings } from './settings.ts';

/**
 * Everything that decides the bits of a run, as canonical text: a checkpoint of another identity is refused.
 * Lanes, sample workers and how often a checkpoint is saved do not belong to it; how often one looks does, as a
 * plateau ends a run.
 */
export function runIdentity(
  cultures: readonly Culture[],
  settings: TrainingSettings,
  recipe: Recipe,
  calibration: Calibration,
  foreground: ForegroundParameters,
): string {
  const { lanes, sampleWorkers, checkpointEvery, provider, ...deciding } = settings;
  const pictures = cultures.map((culture) => [
    culture.type,
    culture.images.map(({ id, foreground: own }) => (own === undefined ? id : [id, own])),
  ]);
  return canonicalJson({ pictures, settings: deciding, recipe, calibration, foreground });
}

/** JSON with the keys of every object in alphabetical order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
