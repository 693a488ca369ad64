import type { ForegroundQuality } from '../contracts.ts';

/** What can be wrong with a mask, the worst first. */
export const foregroundFlagKinds = ['CONFLUENT', 'EMPTY', 'LOW_CONTRAST', 'THRESHOLDS_DISAGREE'] as const;
export type ForegroundFlagKind = (typeof foregroundFlagKinds)[number];

/** Why somebody should look at a mask, and what to try. */
export interface ForegroundFlag {
  readonly kind: ForegroundFlagKind;
  readonly reason: string;
  readonly suggestion: string;
}

const LOW_AGREEMENT = 0.35;
const LOW_CONTRAST = 4;

const words: Readonly<Record<ForegroundFlagKind, Omit<ForegroundFlag, 'kind'>>> = {
  CONFLUENT: {
    reason: 'No background found: cells cover almost the whole picture. It is left out.',
    suggestion: 'Take pictures of this culture at lower confluence; no setting mends this one.',
  },
  EMPTY: {
    reason: 'No cells found.',
    suggestion: 'Lower the sensitivity or the smallest object; reject the picture if it shows none.',
  },
  LOW_CONTRAST: {
    reason: 'Cells hardly differ from the background.',
    suggestion: 'Check focus and exposure; lower the sensitivity if cells are missed, or reject the picture.',
  },
  THRESHOLDS_DISAGREE: {
    reason: 'Thresholds disagree: look at the mask.',
    suggestion: 'Raise the sensitivity if background is marked, lower it if cells are missed.',
  },
};

/** The flags of a mask, the worst first; none where all is well. */
export function foregroundFlags(quality: Omit<ForegroundQuality, 'warnings'>): ForegroundFlag[] {
  const { confluent, objects, contrast, agreement } = quality;
  const raised = {
    CONFLUENT: confluent,
    EMPTY: !confluent && objects === 0,
    LOW_CONTRAST: !confluent && objects > 0 && contrast < LOW_CONTRAST,
    THRESHOLDS_DISAGREE: !confluent && objects > 0 && agreement < LOW_AGREEMENT,
  };
  return foregroundFlagKinds.filter((kind) => raised[kind]).map((kind) => ({ kind, ...words[kind] }));
}

/**
 * How much a mask needs a look, for sorting: 4 and more confluent, 3 and more empty, below that a whole for each
 * other flag; the share on which thresholds disagree (0…1) breaks ties.
 */
export function foregroundConcern(quality: Omit<ForegroundQuality, 'warnings'>): number {
  const weights = { CONFLUENT: 4, EMPTY: 3, LOW_CONTRAST: 1, THRESHOLDS_DISAGREE: 1 };
  const flags = foregroundFlags(quality);
  return flags.reduce((sum, { kind }) => sum + weights[kind], 1 - quality.agreement);
}
