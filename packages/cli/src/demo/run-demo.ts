import { mkdir } from 'node:fs/promises';
import { arch, availableParallelism, cpus } from 'node:os';
import { basename, extname, join } from 'node:path';
import {
  type Lab,
  type MainJob,
  type MixtureFile,
  type mainJobPhases,
  type PictureFile,
  runMainJob,
} from '@cellmixer/api-client';
import { calibrationSchema, compareRuns, type Modality } from '@cellmixer/cellmixer';
import type { DemoData } from './demo-data.ts';
import type { DemoMethod, DemoResult } from './demo-result.ts';
import { readForegrounds } from './read-foregrounds.ts';
import { readRun } from './read-run.ts';
import { readSamples } from './read-samples.ts';
import { readScores } from './read-scores.ts';
import type { WorkPlan } from './work-plan.ts';
import { writeTruth } from './write-truth.ts';

export interface DemoOptions {
  readonly lab: Lab;
  readonly data: DemoData;
  /** Where everything is written. */
  readonly folder: string;
  readonly steps: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly plan: WorkPlan;
}

/** Pictures of each line that the report shows. */
const SHOWN_CULTURES = 2;
/** Artificial mixtures that it shows. */
const SHOWN_SAMPLES = 8;

const modalities: Readonly<Record<Modality, MainJob['modality']>> = {
  transmitted: 'PHASE_CONTRAST',
  stained: 'STAINED',
  fluorescence: 'FLUORESCENCE',
};

/** The main job on a server, and what the report needs of it. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { lab, data, folder, steps, seed, signal, plan } = options;
  const { cultures, modality } = data;
  const files: MixtureFile[] = [];
  for (const mixture of data.mixtures) {
    const truth = await writeTruth(mixture, join(folder, 'truth'));
    if (truth !== null) files.push({ ...pictureOf(mixture.path, 'mixed', mixture.sample), truth });
  }
  const seconds = new Map<string, number>();
  let phase = '';
  let began = 0;
  const result = await runMainJob(
    lab,
    {
      project: data.name,
      modality: modalities[modality],
      cultures: cultures.map(({ type, images }) => ({
        line: type,
        pictures: images.map(({ path, sample }) => pictureOf(path, type, sample)),
      })),
      mixtures: files,
      training: { name: `${data.name}: ${cultures.length} lines`, preset: 'fast', steps, seed },
    },
    {
      begin(name) {
        [phase, began] = [name, performance.now()];
        plan.begin();
      },
      tell: (share, words) => plan.tell(share, words),
      end(words) {
        seconds.set(phase, (performance.now() - began) / 1000);
        plan.end(words);
      },
    },
  );

  plan.begin();
  const { images } = result;
  const scores = await readScores(result, folder, signal);
  // In the order of the server's counts, which its intervals are drawn in.
  const mixtures = [...scores.cellmixer.keys()].flatMap(
    (path) => data.mixtures.find((mixture) => mixture.path === path) ?? [],
  );
  const read = async (method: DemoMethod, trained: (typeof mainJobPhases)[number]) => {
    const own = join(folder, method);
    await mkdir(own, { recursive: true });
    const counts = mixtures.flatMap(({ path, name }) => {
      const one = scores[method].get(path);
      return one === undefined ? [] : [{ ...one, name }];
    });
    const took = seconds.get(trained) ?? 0;
    return readRun(result[method], { method, mixtures, images, counts, seconds: took, folder: own, signal });
  };
  const cellmixer = await read('cellmixer', 'train');
  plan.tell(0.3);
  const baseline = await read('baseline', 'baseline');
  plan.tell(0.6);
  const masks = join(folder, 'foreground');
  await mkdir(masks, { recursive: true });
  const foreground = await readForegrounds(lab, result, cultures, {
    shown: SHOWN_CULTURES,
    folder: masks,
    signal,
  });
  const samples = await readSamples(lab, result.cellmixer.id, {
    most: SHOWN_SAMPLES,
    folder: join(folder, 'samples'),
    signal,
  });
  plan.end('maps, masks and mixtures fetched');
  const agreements = result.comparison.results.agreements.map((pair) => pair.agree);
  return {
    data: { ...data, mixtures },
    origin: {
      url: lab.client.url,
      project: result.project,
      trainingRuns: { cellmixer: result.cellmixer.id, baseline: result.baseline.id },
      modelVersions: {
        cellmixer: result.cellmixer.modelVersion.id,
        baseline: result.baseline.modelVersion.id,
      },
      segmentationRuns: { cellmixer: result.cellmixer.results.run, baseline: result.baseline.results.run },
      evaluation: result.evaluation?.id ?? null,
      comparison: result.comparison.id,
      agreement: agreements.reduce((sum, one) => sum + one, 0) / agreements.length,
    },
    types: result.cellmixer.modelVersion.classes,
    calibration: calibrationSchema.parse(result.cellmixer.modelVersion.calibration),
    foreground,
    samples,
    cellmixer,
    baseline,
    gain: compareRuns(cellmixer.counts, baseline.counts, 'miou'),
    seconds: plan.elapsed,
    machine: `${availableParallelism()} cores (${(cpus()[0]?.model ?? arch()).trim()}), Node ${process.versions.node}`,
  };
}

/** Samples are one list in a project, so a well named alike in two cultures must not become one. */
function pictureOf(path: string, culture: string, sample: string | null): PictureFile {
  const own = sample ?? basename(path, extname(path));
  return { path, sample: own.startsWith(culture) ? own : `${culture} ${own}`.slice(0, 100) };
}
