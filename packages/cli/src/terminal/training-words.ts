import type { TrainingEvent, TrainingStage } from '@cellmixer/cellmixer';
import { sayDuration } from './duration.ts';
import type { Progress } from './progress.ts';

const STAGES: Readonly<Record<TrainingStage, string>> = {
  calibrate: 'Measuring light and size of the cells',
  foreground: 'Finding the cells',
  prepare: 'Preparing the network',
  train: 'Training',
  finish: 'Measuring the finished network',
};

/** Tells a training run's events on a terminal. `label` names the run where there is more than one. */
export function tellTraining(progress: Progress, label = ''): (event: TrainingEvent) => void {
  const prefix = label === '' ? '' : `${label}: `;
  return (event) => {
    switch (event.kind) {
      case 'stage':
        progress.update(
          `${prefix}${STAGES[event.stage]}${event.total > 1 ? ` ${event.done}/${event.total}` : ' …'}`,
        );
        break;
      case 'foreground':
        for (const warning of event.quality.warnings) {
          progress.say(`${event.type}/${event.image}: ${warning}${event.used ? '' : ' (left out)'}`);
        }
        break;
      case 'step':
        progress.update(
          `${prefix}step ${event.step}/${event.steps}, loss ${event.loss.toFixed(3)} ` +
            `(foreground ${event.foregroundLoss.toFixed(3)}, type ${event.typeLoss.toFixed(3)}), ` +
            `${sayDuration(event.secondsLeft)} left`,
        );
        break;
      case 'validation':
        progress.say(
          `${prefix}after step ${event.step}: mean IoU ${event.miou.toFixed(3)} on artificial mixtures ` +
            `(foreground ${event.foregroundIou.toFixed(3)}, type accuracy ${event.typeAccuracy.toFixed(3)})`,
        );
        break;
      case 'checkpoint':
        if (event.resumed) progress.say(`${prefix}going on from step ${event.step}`);
        break;
      case 'machine':
        if (event.differences.length > 0)
          progress.say(
            `${prefix}resumed elsewhere: the result will be right, but not bit by bit the same (${event.differences.join('; ')})`,
          );
        break;
      case 'calibration':
        progress.say(
          `${prefix}${event.calibration.modality} light, typical cell ${event.calibration.cellDiameterPx.toFixed(1)} px, ` +
            `working scale ${event.calibration.workingScale.toFixed(2)}`,
        );
        break;
      case 'samples':
        break;
    }
  };
}
