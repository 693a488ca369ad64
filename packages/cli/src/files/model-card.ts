import type { Culture, ModelMetadata, TrainingResult } from '@cellmixer/cellmixer';
import { alignTable } from '../terminal/table.ts';

export interface ModelCard {
  readonly types: readonly string[];
  readonly method: string;
  readonly settings: ModelMetadata['run'];
  readonly calibration: ModelMetadata['calibration'];
  /** On artificial mixtures of the training pictures: a sign of learning, not of generality. */
  readonly validation: {
    readonly miou: number;
    readonly foregroundIou: number;
    readonly typeAccuracy: number;
  };
  /** Pixels of true foreground by (true type, called type) on the same mixtures. */
  readonly confusion: ModelMetadata['confusion'];
  readonly pictures: readonly {
    readonly type: string;
    readonly pictures: number;
    readonly samples: number;
  }[];
}

export function makeCard(cultures: readonly Culture[], result: TrainingResult): ModelCard {
  const { metadata, validation } = result;
  return {
    types: metadata.types,
    method: metadata.run.method,
    settings: metadata.run,
    calibration: metadata.calibration,
    validation: {
      miou: validation.miou,
      foregroundIou: validation.foregroundIou,
      typeAccuracy: validation.typeAccuracy,
    },
    confusion: metadata.confusion,
    pictures: cultures.map((culture) => ({
      type: culture.type,
      pictures: culture.images.length,
      samples: new Set(culture.images.map((image) => image.sample).filter((sample) => sample !== null)).size,
    })),
  };
}

/** The card for people. */
export function writeCard(card: ModelCard): string {
  const { calibration, settings, validation } = card;
  const table = (columns: string[], rows: (string | number)[][]) =>
    ['```', ...alignTable(columns, rows), '```'].join('\n');
  return `# CellMixer model: ${card.types.join(', ')}

Learned from pictures of pure cultures and their labels alone; no cell was drawn by hand. It tells apart the types below in pictures taken like the training pictures, and it calls everything one of them: other cells get a wrong name.

${table(
  ['type', 'pictures', 'samples named'],
  card.pictures.map(({ type, pictures, samples }) => [type, pictures, samples]),
)}

Method ${card.method}, ${settings.steps} steps of ${settings.batch} crops of ${settings.cropSize}², preset ${settings.preset}, seed ${settings.seed}, run on ${settings.provider} (${settings.lowering}).
Light: ${calibration.modality}, ${calibration.channels} channel(s), typical cell ${calibration.cellDiameterPx.toFixed(1)} px, working scale ${calibration.workingScale.toFixed(3)}.

On artificial mixtures of the training pictures (a sign of learning, not of how well it does on real mixtures): mean IoU over types ${validation.miou.toFixed(3)}, foreground IoU ${validation.foregroundIou.toFixed(3)}, type accuracy ${validation.typeAccuracy.toFixed(3)}.
${card.confusion === null ? '' : `\nShare of each type's pixels there (rows) that is called each type (columns):\n\n${table(['', ...card.types], shares(card.types, card.confusion))}\n`}`;
}

function shares(types: readonly string[], confusion: readonly (readonly number[])[]): (string | number)[][] {
  return confusion.map((row, i) => {
    const total = row.reduce((a, b) => a + b, 0);
    return [types[i] ?? '', ...row.map((count) => (total > 0 ? count / total : Number.NaN))];
  });
}
