/**
 * The API as everybody's: who asks is the person that is named, and nobody signs in. For the benchmark against a peer
 * that knows no people. Arguments: database's address, person's id. Prints its address.
 */
import { openDatabase } from '@cellmixer/database';
import { Changes, openQueue } from '@cellmixer/jobs';
import { openStorage } from '@cellmixer/storage';
import { pino } from 'pino';
import { loadActor } from '../access/load-actor.ts';
import { createAuth } from '../auth/create-auth.ts';
import { FirstAccount } from '../auth/first-account.ts';
import { startServer } from '../server.ts';

const [databaseUrl = '', userId = ''] = process.argv.slice(2);
const log = pino({ level: 'warn' }, pino.destination(2));
const database = openDatabase(databaseUrl);
const onError = (error: Error) => log.warn({ err: error }, 'in the background');
const queue = await openQueue({ databaseUrl, supervise: false, onError });
const changes = await Changes.open({ databaseUrl, onError });
// Addresses are signed without asking the bucket.
const endpoint = 'http://127.0.0.1:9';
const bucket = { region: 'us-east-1', bucket: 'cellmixer', accessKey: 'open', secretKey: 'open-server' };
const storage = openStorage({ endpoint, publicEndpoint: endpoint, ...bucket });
const publicUrl = 'http://127.0.0.1';
const auth = createAuth(database, { publicUrl, secret: 'nobody signs in at an open server' });
const firstAccount = await FirstAccount.open(database, auth);
const actor = await loadActor(database, { userId });
const server = await startServer(
  {
    database,
    storage,
    queue,
    changes,
    auth,
    // Somebody new for each request, as where people sign in: what is kept for an actor goes with it.
    readActor: async () => ({ ...actor }),
    publicUrl,
    firstAccount,
    inferenceReady: async () => null,
    log,
  },
  '127.0.0.1',
  0,
);
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.port}/graphql` })}\n`);

// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
