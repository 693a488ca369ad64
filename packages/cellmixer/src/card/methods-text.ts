import type { TrainingChoices } from '../training/settings.ts';
import type { MachineFingerprint } from './model-card.ts';

/** What the methods paragraph of a training tells. */
export interface MethodsFacts {
  /** Version of CellMixer. */
  readonly version: string;
  readonly method: 'cellmixer' | 'baseline';
  readonly modality: string;
  readonly classes: readonly {
    readonly name: string;
    readonly lines: readonly { readonly name: string; readonly accession: string | null }[];
    /** Learned from, and of how many replicates. */
    readonly pictures: number;
    readonly replicates: number;
    /** Kept out of training, to judge the model on. */
    readonly heldOutPictures: number;
  }[];
  readonly settings: TrainingChoices;
  /** Steps that were done: a plateau ends a run early. */
  readonly stepsDone: number;
  readonly calibration: { readonly cellDiameterPx: number; readonly pixelSizeUm: number | null } | null;
  readonly machine: MachineFingerprint | null;
  /** Mean IoU on the same artificial mixtures, where both were judged. */
  readonly miou: number | null;
  readonly baselineMiou: number | null;
  /** SHA-256 of model.onnx; null until it is there. */
  readonly checksum: string | null;
}

/** The paragraph for a paper: what was trained on what, so that somebody else can do it again. */
export function methodsText(facts: MethodsFacts): string {
  const { classes, settings, calibration, machine } = facts;
  const pictures = classes.reduce((sum, one) => sum + one.pictures, 0);
  const heldOut = classes.reduce((sum, one) => sum + one.heldOutPictures, 0);
  const sentences = [
    `Cells were told apart with CellMixer ${facts.version} (Naouar et al., arXiv 2312.00671), trained on ${count(pictures, `${facts.modality} picture`)} of pure cultures without drawn annotations: ${list(classes.map(sayClass))}.`,
    facts.method === 'cellmixer'
      ? 'Training samples were mixed on the fly from cells found without supervision.'
      : 'Training samples were crops of unmixed pictures (baseline).',
    `The network (preset "${settings.preset}", ${settings.typeHead === 'softmax' ? 'one type a pixel' : 'several types a pixel'}) was trained for ${count(facts.stepsDone, 'step')} of ${settings.batch} crops of ${settings.cropSize} × ${settings.cropSize} px with AdamW (learning rate ${settings.learningRate}, weight decay ${settings.weightDecay}, seed ${settings.seed}).`,
    calibration === null
      ? ''
      : `The typical cell diameter was ${calibration.cellDiameterPx.toFixed(1)} px${settings.cellDiameterPx === 'auto' ? ' (measured)' : ' (given)'}${calibration.pixelSizeUm === null ? '' : ` at ${calibration.pixelSizeUm} µm per pixel`}.`,
    machine === null
      ? ''
      : `Computation used ${machine.runtime} (${machine.provider}, ${machine.architecture}) on Node.js ${machine.node}.`,
    facts.miou === null
      ? ''
      : `On artificial mixtures of ${heldOut === 0 ? 'the training pictures' : `${count(heldOut, 'picture')} kept out of training`} the mean intersection over union of the types was ${facts.miou.toFixed(3)}${facts.baselineMiou === null ? '' : `, against ${facts.baselineMiou.toFixed(3)} for a baseline trained on unmixed pictures`}.`,
    facts.checksum === null ? '' : `Model SHA-256: ${facts.checksum}.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function sayClass({ name, lines, pictures, replicates }: MethodsFacts['classes'][number]): string {
  const said = lines.map((line) => (line.accession === null ? line.name : `${line.name}, ${line.accession}`));
  const same = lines.length === 1 && lines[0]?.name === name;
  const lead = same
    ? lines[0]?.accession == null
      ? name
      : `${name} (${lines[0].accession})`
    : `${name} (${said.join('; ')})`;
  return `${lead}, ${count(pictures, 'picture')} of ${count(replicates, 'replicate')}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function list(parts: readonly string[]): string {
  return parts.join('; ');
}
