import type { LogLevel } from '@cellmixer/database';
import type { SentEvent } from './training-process.ts';

export interface LogWords {
  readonly level: LogLevel;
  readonly text: string;
}

const stages = {
  calibrate: 'Measuring light, cell size and contrast.',
  foreground: 'Finding the cells of the pure cultures.',
  prepare: 'Preparing the mixing.',
  train: 'Training.',
  finish: 'Measuring the trained network.',
} as const;

/** A line of the log for an event; null where the curves or the progress tell it. */
export function wordsOf(event: SentEvent): LogWords | null {
  switch (event.kind) {
    case 'stage':
      return event.done === 0 ? info(stages[event.stage]) : null;
    case 'calibration': {
      const { modality, cellDiameterPx, workingScale } = event.calibration;
      return info(
        `${modality} light, typical cell ${cellDiameterPx.toFixed(1)} px, working scale ${workingScale.toFixed(2)}.`,
      );
    }
    case 'foreground': {
      const said = event.quality.warnings.join('; ');
      if (!event.used) return warning(`"${event.image}" (${event.type}) is left out: ${said || 'no cells'}.`);
      return said === '' ? null : warning(`"${event.image}" (${event.type}): ${said}.`);
    }
    case 'machine': {
      const { provider, architecture, runtime } = event.fingerprint;
      const where = `on ${provider} (${architecture}, ${runtime})`;
      if (event.fromStep === 0) return info(`Training ${where}.`);
      if (event.differences.length === 0) return info(`Going on from step ${event.fromStep} ${where}.`);
      return warning(
        `Resumed elsewhere from step ${event.fromStep}: right, but not bit by bit the same (${event.differences.join('; ')}).`,
      );
    }
    case 'validation':
      return info(
        `After step ${event.step}: mean IoU ${event.miou.toFixed(3)} on held-out mixtures (foreground ${event.foregroundIou.toFixed(3)}, type accuracy ${event.typeAccuracy.toFixed(3)}).`,
      );
    case 'step':
    case 'checkpoint':
      return null;
  }
}

function info(text: string): LogWords {
  return { level: 'INFO', text };
}

function warning(text: string): LogWords {
  return { level: 'WARNING', text };
}
