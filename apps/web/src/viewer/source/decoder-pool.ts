import { Pool } from 'geotiff';

let pool: Pool | undefined;

/** Workers that decode tiles, one core left to the page; started when the first tile has come, shared by all. */
export function decoderPool(): Pool {
  pool ??= new Pool(
    Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1)),
    () => new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' }),
  );
  return pool;
}
