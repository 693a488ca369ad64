/** Brings the database of DATABASE_URL up to date, as a process that ends: what its engine took is given back. */
import { CellMixerError } from '@cellmixer/errors';
import { migrate } from './migrate.ts';

const { env, stdout, stderr } = process;
try {
  if (env.DATABASE_URL === undefined || env.DATABASE_URL === '') {
    throw new CellMixerError('INVALID_ARGUMENT', 'the environment variable DATABASE_URL is not set', {
      cure: 'Set it to postgresql://user:password@host:port/database.',
    });
  }
  const applied = await migrate(env.DATABASE_URL);
  stdout.write(applied.length === 0 ? 'the database is up to date\n' : `applied ${applied.join(', ')}\n`);
} catch (error) {
  if (!(error instanceof CellMixerError)) throw error;
  stderr.write(`${error.message}\n${error.cure ?? ''}\n`);
  process.exitCode = 1;
}
