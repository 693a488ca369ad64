import { spawn } from 'node:child_process';
import { CellMixerError } from '@cellmixer/errors';
import type { Launch } from '../processes/service.ts';
import { splitLines } from '../processes/split-lines.ts';

/**
 * Runs a child that ends by itself, such as the migrations.
 *
 * @throws CellMixerError SERVICE_FAILED with what it wrote, where it does not end with 0.
 */
export async function runToEnd(name: string, launch: Launch, take: (line: string) => void): Promise<void> {
  const { command, argv, ...rest } = launch;
  const child = spawn(command, argv, { ...rest, stdio: ['pipe', 'pipe', 'pipe'] });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    splitLines(stream, (line) => {
      take(line);
      words.push(line);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  throw new CellMixerError(
    'SERVICE_FAILED',
    words.slice(0, 12).join('\n') || `"${name}" ended with code ${code}`,
    {
      subject: name,
    },
  );
}
