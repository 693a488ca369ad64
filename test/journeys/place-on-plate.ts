import { type Lab, mutate } from '@cellmixer/api-client';
import { z } from 'zod';

/** Two mixtures in wells of one plate, treated with two doses, with what was seeded. */
export async function placeOnPlate(lab: Lab, project: string): Promise<void> {
  const seeded = 'cobble:0.4; spindle:0.3; star:0.3';
  const text = [
    'sample,plate,well,treatment,dose,dose_unit,lines',
    `mixture_B1,Plate 1,B1,Drug X,0,µM,${seeded}`,
    `mixture_B2,Plate 1,B2,Drug X,10,µM,${seeded}`,
  ].join('\n');
  const input = { project, text, dryRun: false };
  const shape = z.object({ import: z.object({ applied: z.literal(true) }) });
  await mutate(lab.client, 'importSamples', input, 'import { applied }', shape);
}
