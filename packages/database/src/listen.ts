import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** The connection was lost and stands again: what was told in between is gone. */
  readonly onGap: () => void;
  /** Told of each loss, and of each try to connect again that failed. */
  readonly onError: (error: Error) => void;
}

export interface Listening {
  stop(): Promise<void>;
}

/** Milliseconds between the looks whether the other side is still there, and the longest wait for its answer. */
const LOOK = 15_000;
const ANSWER = 10_000;
/** The longest pause (ms) before the next try to connect; the first is a hundredth of it. */
const LONGEST_PAUSE = 5000;

/**
 * Listens to a channel of PostgreSQL on one connection of its own, which is made again whenever it is lost.
 *
 * @throws where the first connection cannot be made
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const stopping = new AbortController();
  let current = await connect(options);
  const running = keepUp();
  return {
    async stop() {
      stopping.abort();
      await current.end();
      await running;
    },
  };

  async function keepUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      await current.lost;
      for (let tries = 0; !stopping.signal.aborted; tries++) {
        const milliseconds = Math.min(LONGEST_PAUSE, (LONGEST_PAUSE / 100) * 2 ** tries);
        await pause(milliseconds, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        try {
          current = await connect(options);
          options.onGap();
          break;
        } catch (error) {
          options.onError(error instanceof Error ? error : new Error(String(error)));
        }
      }
    }
    await current.end();
  }
}

interface Connection {
  /** Fulfilled when the connection is gone, whoever ended it. */
  readonly lost: Promise<void>;
  end(): Promise<void>;
}

async function connect({ url, channel, onMessage, onError }: ListenOptions): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'cellmixer-listen',
    connectionTimeoutMillis: ANSWER,
    query_timeout: ANSWER,
    keepAlive: true,
  });
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', onError);
  client.on('notification', (message) => onMessage(message.payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
  const end = () => client.end().catch(() => {});
  const look = setInterval(() => {
    client.query('SELECT 1').catch(() => void end());
  }, LOOK);
  void lost.then(() => clearInterval(look));
  return { lost, end };
}
