import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab, mutate, runMainJob } from '@cellmixer/api-client';
import { demoLines } from '@cellmixer/demo-cultures';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { account } from './account.ts';
import type { Places } from './every-page.ts';
import { placeOnPlate } from './place-on-plate.ts';
import { routeId } from './route-id.ts';
import type { JourneyServer } from './start-server.ts';

/** A lab in which every page has something to show: the whole main job on small pictures, by two models. */
export async function seedEverything(server: JourneyServer): Promise<Places> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-everything-'));
  try {
    const lab = await Lab.signIn(server.url, account);
    const made = await runMainJob(lab, {
      project: 'Every page',
      modality: 'PHASE_CONTRAST',
      ...(await drawPictures(folder, demoLines, 2)),
      training: { name: 'Every page', preset: 'fast', steps: 8, seed: 1 },
    });
    const shape = z.object({ model: z.object({ id: z.string() }) });
    const version = made.cellmixer.modelVersion.id;
    const { model } = await lab.look('ModelVersion', version, 'model { id }', shape);
    const { organization } = lab;
    const other = await lab.make('createProject', { organization, name: 'Another' }, 'project');
    const dataset = made.datasets.cultures;
    await placeOnPlate(lab, made.project);
    const nullSplit = await lab.make('startNullSplit', { modelVersion: version }, 'trainingRun');
    await lab.ended('TrainingRun', nullSplit, 'status', z.object({ status: z.string() }));
    await deleteDataset(lab, made.project);
    const share = await lab.make('shareDataset', { dataset, to: other }, 'share');
    const tokens = z.object({ token: z.string() });
    const links = z.object({ link: z.string() });
    const guest = { organization, email: 'guest@lab.example', role: 'GUEST' };
    const { link } = await mutate(lab.client, 'invite', guest, 'link', links);
    const { token } = await mutate(lab.client, 'createReviewerLink', { dataset }, 'token', tokens);
    return {
      share: routeId(share),
      invitation: new URL(link).searchParams.get('token') ?? '',
      reviewer: token,
      token: new URL(server.firstAccountUrl).searchParams.get('token') ?? '',
      project: routeId(made.project),
      dataset: routeId(dataset),
      image: routeId([...made.images.values()][0] ?? ''),
      run: routeId(made.cellmixer.id),
      baseline: routeId(made.baseline.id),
      nullSplit: routeId(nullSplit),
      model: routeId(model.id),
      segmentationRun: routeId(made.cellmixer.results.run),
      segmentation: routeId(made.cellmixer.results.segmentations[0]?.id ?? ''),
      comparison: routeId(made.comparison.id),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So that the trash is not empty. */
async function deleteDataset(lab: Lab, project: string): Promise<void> {
  const input = { project, name: 'First try', modality: 'BRIGHTFIELD' };
  const ids = [await lab.make('createDataset', input, 'dataset')];
  await mutate(lab.client, 'deleteNodes', { ids }, 'items { subjectId }', z.unknown());
}
