import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { chooseProvider } from './providers.ts';

/** Chromium ships a Vulkan driver that computes on the processor: slow, but a GPU to all who ask. */
const software = '/usr/lib/chromium/vk_swiftshader_icd.json';

describe('providers', () => {
  it('always has the CPU', async () => {
    expect(await chooseProvider('cpu')).toEqual({ provider: 'cpu' });
  });

  it('falls back to the CPU and says why, unless there is something better', async () => {
    const choice = await chooseProvider('auto');
    if (choice.provider === 'cpu') expect(choice.note).toMatch(/CPU/);
    else expect(choice.note).toBeUndefined();
  });

  it('says what to do where a provider that is asked for by name is missing', async () => {
    const answer = await chooseProvider('cuda').catch((error: unknown) => error);
    if (answer instanceof Error)
      expect(answer).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', cure: expect.stringMatching(/"cpu"/) });
    else expect(answer).toEqual({ provider: 'cuda' });
  });

  it.skipIf(!existsSync(software))(
    'trains and predicts on WebGPU what the CPU does, to 1e-4 (skipped without Chromium’s software GPU)',
    async () => {
      const program = fileURLToPath(new URL('../../fixtures/compare-providers.ts', import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [program, 'webgpu'], {
        env: { ...process.env, VK_ICD_FILENAMES: software, LD_LIBRARY_PATH: '/usr/lib/chromium' },
      });
      const differences: Record<string, number> = JSON.parse(stdout);
      expect(Object.keys(differences)).toEqual([
        'losses',
        'parameters',
        'gradients',
        'statistics',
        'predictions',
      ]);
      for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-4);
    },
    // A processor that plays a GPU is slow, and slower still where it is shared.
    300_000,
  );
});
