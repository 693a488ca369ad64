import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab, runMainJob } from '@cellmixer/api-client';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { account } from './account.ts';
import type { Places } from './every-page.ts';
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
      ...(await drawPictures(folder)),
      training: { name: 'Every page', preset: 'fast', steps: 8, seed: 1 },
    });
    const shape = z.object({ model: z.object({ id: z.string() }) });
    const version = made.cellmixer.modelVersion.id;
    const { model } = await lab.look('ModelVersion', version, 'model { id }', shape);
    return {
      token: new URL(server.firstAccountUrl).searchParams.get('token') ?? '',
      project: routeId(made.project),
      dataset: routeId(made.datasets.cultures),
      run: routeId(made.cellmixer.id),
      model: routeId(model.id),
      segmentationRun: routeId(made.cellmixer.results.run),
      segmentation: routeId(made.cellmixer.results.segmentations[0]?.id ?? ''),
      comparison: routeId(made.comparison.id),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
