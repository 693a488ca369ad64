import type { Lab } from '../lab.ts';
import { bringPictures, type Picture } from './bring-pictures.ts';
import { bringTruth, type TruthFiles } from './bring-truth.ts';
import { type ComparedModels, compareModels } from './compare-models.ts';
import { evaluateModel, type ModelEvaluation } from './evaluate-model.ts';
import { findForegrounds } from './find-foregrounds.ts';
import { obtainLines, obtainProject } from './obtain.ts';
import { type ModelResults, segmentWith } from './segment-with.ts';
import { type TrainedModel, trainBoth } from './train-both.ts';

/** A picture on this machine and the culture that it shows. */
export interface PictureFile {
  readonly path: string;
  /** One culture in one vessel; pictures of one sample are never split between two sides of a comparison. */
  readonly sample: string;
}

/** A picture of several lines, and what it truly shows where that is known. */
export interface MixtureFile extends PictureFile {
  readonly truth?: TruthFiles;
}

export interface MainJob {
  /** Names of a project and of lines that are there already are taken. */
  readonly project: string;
  readonly modality: 'PHASE_CONTRAST' | 'BRIGHTFIELD' | 'DIC' | 'FLUORESCENCE' | 'STAINED';
  readonly cultures: readonly { readonly line: string; readonly pictures: readonly PictureFile[] }[];
  /** Pictures in which any of the lines may be. */
  readonly mixtures: readonly MixtureFile[];
  readonly training: {
    readonly name: string;
    readonly preset: 'fast' | 'balanced' | 'accurate';
    readonly steps: number;
    readonly seed: number;
  };
}

/** The phases in their order. */
export const mainJobPhases = ['upload', 'foreground', 'train', 'baseline', 'segment', 'compare'] as const;

/** Is told what is going on. */
export interface MainJobListener {
  begin(phase: (typeof mainJobPhases)[number]): void;
  /** `share` of the phase is done, 0…1. */
  tell(share: number, words?: string): void;
  end(words: string): void;
}

/** One of the two models, how it was trained and what it found. */
export interface MainJobModel extends TrainedModel {
  readonly results: ModelResults;
}

export interface MainJobResult {
  /** Ids of what was made. */
  readonly project: string;
  readonly datasets: { readonly cultures: string; readonly mixtures: string };
  readonly versions: { readonly cultures: string; readonly mixtures: string };
  /** Ids of the images, by the paths of their files. */
  readonly images: ReadonlyMap<string, string>;
  readonly cellmixer: MainJobModel;
  readonly baseline: MainJobModel;
  /** Null where no mixture has a truth. */
  readonly evaluation: ModelEvaluation | null;
  readonly comparison: ComparedModels;
}

const nobody: MainJobListener = { begin() {}, tell() {}, end() {} };

/**
 * The main job, all of it over the API: pictures of pure cultures up, a network and its baseline trained on them,
 * mixtures segmented by both, scored where there is truth, the two compared. What is there already, by name and bytes, is taken; trainings are
 * new each time, but one that was interrupted goes on.
 *
 * @throws API_REFUSED, RUN_FAILED with the server's words; the reason of the client's signal
 */
export async function runMainJob(
  lab: Lab,
  job: MainJob,
  listener: MainJobListener = nobody,
): Promise<MainJobResult> {
  listener.begin('upload');
  const project = await obtainProject(lab, job.project);
  const lines = await obtainLines(
    lab,
    job.cultures.map((culture) => culture.line),
  );
  const all = [...lines.values()];
  const pure: Picture[] = job.cultures.flatMap(({ line, pictures }) =>
    pictures.map((picture) => ({ ...picture, lines: [lines.get(line) ?? ''] })),
  );
  const mixed: Picture[] = job.mixtures.map((picture) => ({ ...picture, lines: all }));
  const place = { project, modality: job.modality };
  const share = pure.length / Math.max(1, pure.length + mixed.length);
  const cultures = await bringPictures(lab, { ...place, name: 'Pure cultures' }, pure, (done, words) =>
    listener.tell(share * done, words),
  );
  const mixtures = await bringPictures(lab, { ...place, name: 'Mixtures' }, mixed, (done, words) =>
    listener.tell(share + (1 - share) * done, words),
  );
  const truths = job.mixtures.flatMap(({ path, truth }) =>
    truth === undefined ? [] : [{ image: mixtures.images.get(path) ?? '', truth }],
  );
  if (truths.length > 0) await bringTruth(lab, mixtures.dataset, truths, all);
  const fresh = cultures.uploaded + mixtures.uploaded;
  const total = pure.length + mixed.length;
  listener.end(
    fresh === total
      ? `${total} pictures are in the lab`
      : `${total} pictures are in the lab; ${total - fresh} were there`,
  );
  listener.begin('foreground');
  const { pictures, flagged } = await findForegrounds(lab, project, cultures.dataset, (done, total) =>
    listener.tell(done / Math.max(1, total), `${done} of ${total}`),
  );
  listener.end(
    `the cells of ${pictures} pictures are found${flagged === 0 ? '' : `; ${flagged} want a look`}`,
  );
  const version = await lab.make('snapshotDataset', { dataset: cultures.dataset }, 'version');
  const tested = await lab.make('snapshotDataset', { dataset: mixtures.dataset }, 'version');

  const classes = job.cultures.map(({ line }) => ({ name: line, cellLines: [lines.get(line)] }));
  const order = { ...job.training, project, versions: [version], classes };
  const trained = await trainBoth(lab, order, cultures.uploaded === 0, listener);

  listener.begin('segment');
  const found = { cellmixer: 0, baseline: 0 };
  const look = (name: keyof typeof found) => (done: number) => {
    found[name] = done;
    listener.tell((found.cellmixer + found.baseline) / 2);
  };
  const [ours, theirs] = await Promise.all([
    segmentWith(
      lab,
      { project, modelVersion: trained.cellmixer.modelVersion.id, version: tested },
      look('cellmixer'),
    ),
    segmentWith(
      lab,
      { project, modelVersion: trained.baseline.modelVersion.id, version: tested },
      look('baseline'),
    ),
  ]);
  listener.end(`${mixed.length} mixtures by each`);

  listener.begin('compare');
  const evaluated = { project, modelVersion: trained.cellmixer.modelVersion.id, version: tested };
  const evaluation = truths.length === 0 ? null : await evaluateModel(lab, evaluated);
  listener.tell(0.5);
  const comparison = await compareModels(lab, {
    project,
    name: job.training.name,
    modelVersions: [trained.cellmixer.modelVersion.id, trained.baseline.modelVersion.id],
    version: tested,
  });
  listener.end(`compared${evaluation === null ? '' : ` and scored on ${truths.length} mixtures`}`);
  return {
    project,
    datasets: { cultures: cultures.dataset, mixtures: mixtures.dataset },
    versions: { cultures: version, mixtures: tested },
    images: new Map([...cultures.images, ...mixtures.images]),
    cellmixer: { ...trained.cellmixer, results: ours },
    baseline: { ...trained.baseline, results: theirs },
    evaluation,
    comparison,
  };
}
