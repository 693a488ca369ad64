import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, mutate, type PictureFile, uploadFiles } from '@cellmixer/api-client';
import { demoLines } from '@cellmixer/demo-cultures';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { beginProject } from './begin-project.ts';
import type { JourneyServer } from './start-server.ts';

/** A project with what journeys begin from. Ids are those of the API. */
export interface Seeded {
  readonly lab: Lab;
  readonly project: string;
  readonly dataset: string;
  /** Snapshot of pure cultures of three lines, two wells each. */
  readonly version: string;
  /** The lines, ids by names. */
  readonly lines: ReadonlyMap<string, string>;
}

/** A project with three labelled pure cultures and a snapshot of them, made over the API. */
export async function seedCultures(server: JourneyServer, name: string, perWell = 1): Promise<Seeded> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-seed-'));
  try {
    const { cultures } = await drawPictures(folder, demoLines, perWell);
    const { lab, project, addDataset } = await beginProject(server, name);
    const { dataset } = await addDataset('Cultures');
    const lines = new Map<string, string>();
    for (const { line, pictures } of cultures) {
      const id = await obtainLine(lab, line);
      lines.set(line, id);
      for (const picture of pictures) await bring(lab, dataset, picture, id);
    }
    await untilRead(lab, dataset);
    const version = await lab.make('snapshotDataset', { dataset }, 'version');
    return { lab, project, dataset, version, lines };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until every picture of a dataset has been read. */
export async function untilRead(lab: Lab, dataset: string): Promise<void> {
  const shape = z.object({ id: z.string(), status: z.string() });
  for (const { id } of await lab.list('Dataset', dataset, 'images', 'id status', shape)) {
    const { status } = await lab.ended('Image', id, 'status', shape.pick({ status: true }));
    if (status !== 'READY') throw new Error(`picture ${id} was not read: ${status}`);
  }
}

async function obtainLine(lab: Lab, name: string): Promise<string> {
  const named = z.object({ id: z.string(), name: z.string() });
  const known = await lab.list('Organization', lab.organization, 'cellLines', 'id name', named);
  const found = known.find((line) => line.name === name);
  if (found !== undefined) return found.id;
  return lab.make('registerCellLine', { organization: lab.organization, name }, 'cellLine');
}

async function bring(lab: Lab, dataset: string, { path, sample }: PictureFile, line: string): Promise<void> {
  const [sent] = await uploadFiles(lab.client, dataset, [path]);
  const labels = [{ sample, images: [sent?.imageId], cellLines: [line] }];
  await mutate(lab.client, 'labelImages', { dataset, labels }, 'images { id }', z.unknown());
}
