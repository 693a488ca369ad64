import type { Database } from '@cellmixer/database';

/** Time (ms) between two signs of life, and without one after which a worker counts as gone. */
const PULSE = 5000;
const GONE = 20_000;

export interface AliveWorker {
  readonly name: string;
  /** What it was told to compute on: auto, cpu, webgpu, cuda. */
  readonly setting: string;
  /** What it computes on; null until it has trained. */
  readonly provider: string | null;
}

/** Says that a worker is there, until the function that it gives is called. */
export async function announceWorker(
  database: Database,
  { name, setting }: { readonly name: string; readonly setting: string },
): Promise<() => Promise<void>> {
  const beat = () => database.$executeRaw`
    INSERT INTO "Worker" (name, setting) VALUES (${name}, ${setting})
    ON CONFLICT (name) DO UPDATE SET "heartbeatAt" = now(), setting = EXCLUDED.setting`;
  await beat();
  // What is long gone would only be in the way.
  await database.$executeRaw`DELETE FROM "Worker" WHERE "heartbeatAt" < now() - interval '1 day'`;
  const timer = setInterval(() => void beat().catch(() => {}), PULSE);
  return async () => {
    clearInterval(timer);
    await database.worker.deleteMany({ where: { name } });
  };
}

/** The workers that have shown a sign of life lately, by the database's clock. */
export function aliveWorkers(database: Database): Promise<AliveWorker[]> {
  return database.$queryRaw<AliveWorker[]>`
    SELECT name, setting, provider FROM "Worker"
    WHERE "heartbeatAt" > now() - ${GONE} * interval '1 millisecond' ORDER BY name`;
}
