import type { TrainingWarningCode } from '#graphql/graphql.ts';

/** What each warning is called. */
export const warningNames: Readonly<Record<TrainingWarningCode, string>> = {
  CELLS_FEW: 'Few cells',
  REPLICATE_SINGLE: 'One replicate',
  CLASS_CONFOUNDED_WITH_PLATE: 'Line and plate go together',
  CLASS_CONFOUNDED_WITH_DAY: 'Line and day go together',
  FOREGROUND_FLAGGED: 'Foreground to be looked at',
  FOREGROUND_MISSING: 'Foreground not found yet',
  MODALITY_MIXED: 'Several kinds of light',
  PIXEL_SIZE_MIXED: 'Several pixel sizes',
  PICTURES_NOT_READY: 'Pictures not read yet',
  WORKER_MISSING: 'No worker is running',
  GPU_MISSING: 'No GPU',
};

interface Warning {
  readonly code: TrainingWarningCode;
  readonly blocking: boolean;
  readonly message: string;
  readonly cure: string;
}

export interface WarningGroup {
  readonly code: TrainingWarningCode;
  readonly blocking: boolean;
  /** One for each class that it is about. */
  readonly messages: readonly string[];
  readonly cures: readonly string[];
}

/** Warnings of one kind under one name, in the order in which the kinds come; cures that repeat are said once. */
export function groupWarnings(warnings: readonly Warning[]): WarningGroup[] {
  return [...Map.groupBy(warnings, ({ code }) => code)].map(([code, own]) => ({
    code,
    blocking: own.some(({ blocking }) => blocking),
    messages: [...new Set(own.map(({ message }) => message))],
    cures: [...new Set(own.map(({ cure }) => cure))],
  }));
}
