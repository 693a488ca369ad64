import type { TrainingChoices } from '@cellmixer/cellmixer/settings';
import type { Database } from '@cellmixer/database';

/** Seconds that a training takes, from a least to a most. */
export interface TrainingTime {
  readonly secondsLow: number;
  readonly secondsHigh: number;
  /** Trainings on this server that the range was measured on; 0 where it is a default. */
  readonly measuredOn: number;
}

/** Pixels of work in a step; a step of `accurate` has a network of about three times the cost. */
function workOf({ preset, batch, cropSize }: Pick<TrainingChoices, 'preset' | 'batch' | 'cropSize'>): number {
  return batch * cropSize ** 2 * (preset === 'accurate' ? 3 : 1);
}

/** Seconds a pixel where nothing was measured: from a large processor, or a small GPU, to two slow cores. */
const ASSUMED = { low: 0.3e-6, high: 5e-6 };
/** Seconds a picture to find its cells, and around a training. */
const PREPARE = { low: 0.3, high: 3 };
const AROUND = { low: 5, high: 60 };

/** How long trainings with these settings take, from the speed of the last ones on this server, of whomever. */
export async function trainingTime(
  database: Database,
  settings: TrainingChoices,
  pictures: number,
  runs: number,
): Promise<TrainingTime> {
  const attempts = await database.trainingAttempt.findMany({
    where: { trainSeconds: { gt: 0 } },
    orderBy: { startedAt: 'desc' },
    take: 20,
    select: {
      fromStep: true,
      step: true,
      trainSeconds: true,
      run: { select: { preset: true, settings: true } },
    },
  });
  const rates = attempts
    .flatMap(({ fromStep, step, trainSeconds, run }) => {
      const { batch, cropSize } = Object(run.settings);
      const work =
        workOf({ preset: run.preset as TrainingChoices['preset'], batch, cropSize }) * (step - fromStep);
      return work > 0 ? [trainSeconds / work] : [];
    })
    .sort((a, b) => a - b);
  const at = (share: number) => rates[Math.round(share * (rates.length - 1))];
  const seconds = (rate: number, prepare: number, around: number) =>
    runs * (settings.steps * workOf(settings) * rate + pictures * prepare + around);
  return {
    secondsLow: seconds(at(0.1) ?? ASSUMED.low, PREPARE.low, AROUND.low),
    secondsHigh: seconds(at(0.9) ?? ASSUMED.high, PREPARE.high, AROUND.high),
    measuredOn: rates.length,
  };
}
