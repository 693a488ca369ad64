import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../log.ts';
import { type InferenceService, startService } from '../service.ts';
import { defaultLimits, type Limits, type Settings } from '../settings.ts';

export interface TestService extends InferenceService {
  /** The model repository. */
  readonly folder: string;
}

/** A service on a free port over a temporary folder, which goes when the service is closed. */
export async function startTestService(
  fill: (folder: string) => void,
  settings: Partial<Settings> & { readonly limit?: Partial<Limits> } = {},
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'inference-'));
  fill(folder);
  const { limit, ...others } = settings;
  const service = await startService(
    {
      host: '127.0.0.1',
      port: 0,
      token: undefined,
      repository: { kind: 'folder', folder },
      provider: 'cpu',
      cacheBytes: 256 * 2 ** 20,
      logLevel: 'silent',
      limits: { ...defaultLimits, threads: 2, ...limit },
      ...others,
    },
    createLog('silent'),
  );
  return {
    url: service.url,
    folder,
    close: async () => {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
