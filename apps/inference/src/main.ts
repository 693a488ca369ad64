/** The model server as a process: `node apps/inference/src/main.ts`. */
import { CellMixerError } from '@cellmixer/errors';
import { createLog } from './log.ts';
import { type InferenceService, startService } from './service.ts';
import { readSettings } from './settings.ts';

const log = createLog(process.env.LOG_LEVEL ?? 'info');
let service: InferenceService;
try {
  const settings = readSettings(process.env);
  service = await startService(settings, log);
} catch (error) {
  const cure = error instanceof CellMixerError ? error.cure : undefined;
  log.fatal({ err: error, cure }, 'the model server cannot start');
  process.exit(1);
}
// The one line that a supervisor waits for.
process.stdout.write(`${JSON.stringify({ ready: true, url: service.url })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
if (process.env.SUPERVISED === '1') {
  // A supervisor that was killed cannot say so; its end of the pipe closes.
  process.stdin.on('end', () => void stop('the end of the supervisor')).resume();
  process.stdin.on('error', () => void stop('the end of the supervisor'));
  process.on('disconnect', () => void stop('the end of the supervisor'));
}

async function stop(why: string): Promise<void> {
  log.info({ why }, 'stopping');
  await service.close();
  log.info('stopped');
  process.exit(0);
}
