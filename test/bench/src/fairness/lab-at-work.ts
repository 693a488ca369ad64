import { type Lab, mutate, sendFiles, uploadFiles } from '@cellmixer/api-client';
import { z } from 'zod';
import { snapshotCultures } from '../faults/phases.ts';

const readyShape = z.object({ status: z.literal('READY') });
const doneShape = z.object({ status: z.literal('SUCCEEDED') });
/** How often (ms) somebody looks who waits for one picture. */
const LOOK = 20;

/** A lab with a model of its own, and what it asks of the server. */
export class LabAtWork {
  readonly lab: Lab;
  readonly project: string;
  readonly #model: string;
  #datasets = 0;

  private constructor(lab: Lab, project: string, model: string) {
    this.lab = lab;
    this.project = project;
    this.#model = model;
  }

  /** Gives a lab a project with a model that was trained for a few steps: what it finds does not matter here. */
  static async open(lab: Lab, cultures: ReadonlyMap<string, readonly string[]>): Promise<LabAtWork> {
    const { organization } = lab;
    const project = await lab.make('createProject', { organization, name: 'Fairness' }, 'project');
    const lines = new Map<string, string>();
    for (const name of cultures.keys())
      lines.set(name, await lab.make('registerCellLine', { organization, name }, 'cellLine'));
    const version = await snapshotCultures({ lab, project }, cultures, lines);
    const run = await lab.make(
      'createTrainingRun',
      {
        project,
        name: 'Brief',
        versions: [version],
        classes: [...lines].map(([name, id]) => ({ name, cellLines: [id] })),
        preset: 'fast',
        steps: 60,
        seed: 1,
        withBaseline: false,
      },
      'trainingRun',
    );
    await lab.ended('TrainingRun', run, 'status', doneShape);
    const shape = z.object({ modelVersion: z.object({ id: z.string() }) });
    const { modelVersion } = await lab.look('TrainingRun', run, 'modelVersion { id }', shape);
    return new LabAtWork(lab, project, modelVersion.id);
  }

  makeDataset(): Promise<string> {
    this.#datasets += 1;
    const input = { project: this.project, name: `Set ${this.#datasets}`, modality: 'PHASE_CONTRAST' };
    return this.lab.make('createDataset', input, 'dataset');
  }

  /** From the wish to upload one picture until it can be used. */
  async bring(dataset: string, path: string): Promise<void> {
    const [sent] = await uploadFiles(this.lab.client, dataset, [path]);
    await this.lab.ended('Image', sent?.imageId ?? '', 'status', readyShape, { every: LOOK });
  }

  /** Sends up to 1,000 pictures, of which nothing is made yet. @returns what makes images of them, all at once */
  async send(dataset: string, paths: readonly string[]): Promise<() => Promise<void>> {
    const sent = await sendFiles(this.lab.client, dataset, paths);
    const uploadIds = sent.map(({ uploadId }) => uploadId);
    return async () => {
      const shape = z.object({ items: z.array(z.object({ problem: z.null() })) });
      await mutate(this.lab.client, 'completeUploads', { dataset, uploadIds }, 'items { problem }', shape);
    };
  }

  /** How many pictures of a dataset are still to be read. */
  async unread(dataset: string): Promise<number> {
    const shape = z.object({ status: z.string() });
    const images = await this.lab.list('Dataset', dataset, 'images', 'status', shape);
    return images.filter(({ status }) => status === 'INGESTING').length;
  }

  snapshot(dataset: string): Promise<string> {
    return this.lab.make('snapshotDataset', { dataset }, 'version');
  }

  /** Begins to segment the pictures of a snapshot. @returns the run's id */
  segment(version: string): Promise<string> {
    const input = { project: this.project, modelVersion: this.#model, version };
    return this.lab.make('createSegmentationRun', input, 'segmentationRun');
  }

  /** From the wish to segment the one picture of a snapshot until its cells are found. */
  async findCells(version: string): Promise<void> {
    await this.lab.ended('SegmentationRun', await this.segment(version), 'status', doneShape);
  }

  /** How many pictures of a run are still to be segmented. */
  async unsegmented(run: string): Promise<number> {
    const shape = z.object({ total: z.number(), done: z.number(), failed: z.number() });
    const { total, done, failed } = await this.lab.look('SegmentationRun', run, 'total done failed', shape);
    return total - done - failed;
  }

  async cancel(run: string): Promise<void> {
    const input = { segmentationRun: run };
    await mutate(this.lab.client, 'cancelSegmentationRun', input, 'segmentationRun { id }', z.unknown());
    await this.lab.ended('SegmentationRun', run, 'status', z.unknown());
  }
}
