import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Lab } from '@cellmixer/api-client';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { writeAtomically } from '../files/atomic-write.ts';

const accountShape = z.object({ name: z.string(), email: z.string(), password: z.string() });

export interface DemoAccount {
  readonly lab: Lab;
  readonly email: string;
  /** Where the password is kept, readable by its owner alone. */
  readonly file: string;
  /** Where it was made this moment; it is printed this once. */
  readonly newPassword: string | null;
}

export interface DemoServer {
  readonly url: string;
  readonly firstAccountUrl: string | null;
}

/**
 * Makes a new server's first account, or signs in with the one that an earlier demo has kept in `folder`.
 *
 * @throws NOT_AUTHENTICATED where the server has accounts of other people only
 */
export async function openAccount(
  server: DemoServer,
  folder: string,
  signal: AbortSignal,
): Promise<DemoAccount> {
  const file = join(folder, 'account.json');
  if (server.firstAccountUrl !== null) {
    const password = randomBytes(15).toString('base64url');
    const account = { name: 'Demo', email: 'demo@cellmixer.example', password };
    // Before it is used: a password that nobody has would lock the lab.
    await writeAtomically(file, `${JSON.stringify(account, null, 2)}\n`, 0o600);
    const lab = await Lab.found(server.firstAccountUrl, account, 'Demo lab', signal);
    return { lab, email: account.email, file, newPassword: password };
  }
  const kept = await readKept(file);
  if (kept === null) throw unknown(server.url, file, 'is not there');
  try {
    const lab = await Lab.signIn(server.url, kept, signal);
    return { lab, email: kept.email, file, newPassword: null };
  } catch (error) {
    if (!(error instanceof CellMixerError) || error.code !== 'NOT_AUTHENTICATED') throw error;
    throw unknown(server.url, file, 'is of another server, or its password was changed');
  }
}

async function readKept(file: string): Promise<z.output<typeof accountShape> | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return accountShape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function unknown(url: string, file: string, why: string): CellMixerError {
  return new CellMixerError(
    'NOT_AUTHENTICATED',
    `the server at ${url} has accounts already, and "${file}", where the demo keeps its own, ${why}`,
    {
      subject: file,
      cure: 'Put name, email and password of an account there as JSON, or give the demo a server of its own: DATA_DIR=.data/demo/server npm run demo',
    },
  );
}
