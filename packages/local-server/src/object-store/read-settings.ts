import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { ObjectStoreSettings } from './start-object-store.ts';

const settings = z.object({
  OBJECT_STORE_FOLDER: z.string().min(1),
  OBJECT_STORE_HOST: z.string().min(1).default('127.0.0.1'),
  OBJECT_STORE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  OBJECT_STORE_ORIGINS: z.string().default(''),
  S3_ACCESS_KEY: z.string().regex(/^[^\s/]{3,}$/),
  S3_SECRET_KEY: z.string().min(8),
  S3_REGION: z.string().min(1).default('us-east-1'),
});

/**
 * The process's settings from its environment; OBJECT_STORE_ORIGINS are parted by commas. Throws INVALID_ARGUMENT
 * that names the variable, never its value, which may be a secret.
 */
export function readObjectStoreSettings(
  source: Readonly<Record<string, string | undefined>>,
): ObjectStoreSettings {
  const read = settings.safeParse(source);
  if (!read.success) {
    const [issue] = read.error.issues;
    const name = String(issue?.path[0]);
    throw new CellMixerError('INVALID_ARGUMENT', `${name}: ${issue?.message ?? 'not understood'}`, {
      subject: name,
      cure: `Set ${name} for the object store's process.`,
    });
  }
  const found = read.data;
  return {
    folder: found.OBJECT_STORE_FOLDER,
    host: found.OBJECT_STORE_HOST,
    port: found.OBJECT_STORE_PORT,
    accessKey: found.S3_ACCESS_KEY,
    secretKey: found.S3_SECRET_KEY,
    region: found.S3_REGION,
    allowedOrigins: found.OBJECT_STORE_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  };
}
