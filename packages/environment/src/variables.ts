import { z } from 'zod';
import { oneOf, origin, postgresUrl, secretText, whole } from './values.ts';

/** What the page for operators says about a variable. */
export interface VariableNote {
  readonly group: 'Server' | 'Database' | 'Bucket' | 'Models' | 'Work';
  readonly says: string;
  /** What the value counts or is: MiB, jobs, an address. */
  readonly unit: string;
  /** What absence means, where there is no default. */
  readonly absent?: string;
  /** Its value is never printed, in no message and no log. */
  readonly secret?: true;
}

export const notes = z.registry<VariableNote>();

/** Every environment variable that any part of the server reads: the one table. */
export const variables = z.object({
  DATA_DIR: z.string().prefault('.data/server').register(notes, {
    group: 'Server',
    unit: 'folder',
    says: 'Where the server keeps all that it keeps itself: database, objects, log, secrets. Relative to the repository.',
  }),
  PUBLIC_URL: origin().optional().register(notes, {
    group: 'Server',
    unit: 'address',
    absent: '`http://127.0.0.1:4800`, or the next free port',
    says: 'The address under which people reach the server, as it stands in their browsers.',
  }),
  HOST: z.string().prefault('127.0.0.1').register(notes, {
    group: 'Server',
    unit: 'network address',
    says: 'Where the front door and the embedded bucket listen. `0.0.0.0` opens them to the network; all else stays inside.',
  }),
  PORT: whole(1, 65_535).optional().register(notes, {
    group: 'Server',
    unit: 'port',
    absent: '4800, or the next free one',
    says: 'Where the front door listens; for a part that is started by itself, where that part listens.',
  }),
  API_URL: origin().optional().register(notes, {
    group: 'Server',
    unit: 'address',
    absent: "the server's own; needed by the portal where it runs by itself",
    says: 'Where the portal reaches the API.',
  }),
  AUTH_SECRET: secretText(32).optional().register(notes, {
    group: 'Server',
    unit: 'text, 32 characters or more',
    absent: 'made at the first start and kept',
    says: 'Signs sessions. A new one signs everybody out.',
    secret: true,
  }),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal').prefault('info').register(notes, {
    group: 'Server',
    unit: 'word',
    says: 'The least weighty lines that are logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal`.',
  }),
  DATABASE_URL: postgresUrl().optional().register(notes, {
    group: 'Database',
    unit: 'address',
    absent: 'the embedded PostgreSQL',
    says: 'A PostgreSQL of your own, 15 or later, with ICU as every common package has it.',
    secret: true,
  }),
  S3_ENDPOINT: origin().optional().register(notes, {
    group: 'Bucket',
    unit: 'address',
    absent: 'the embedded bucket',
    says: 'An S3 server of your own, as this machine reaches it.',
  }),
  S3_PUBLIC_ENDPOINT: origin().optional().register(notes, {
    group: 'Bucket',
    unit: 'address',
    absent: '`S3_ENDPOINT`',
    says: 'The same bucket as browsers reach it.',
  }),
  S3_REGION: z.string().prefault('us-east-1').register(notes, {
    group: 'Bucket',
    unit: 'word',
    says: 'The region that requests are signed for.',
  }),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be 3 to 63 of a–z, 0–9, dot and dash')
    .prefault('cellmixer')
    .register(notes, {
      group: 'Bucket',
      unit: 'name',
      says: 'The bucket; it is made where it is missing.',
    }),
  S3_ACCESS_KEY: secretText(3).optional().register(notes, {
    group: 'Bucket',
    unit: 'text',
    absent: 'made at the first start; needed with `S3_ENDPOINT`',
    says: 'The name of the key.',
    secret: true,
  }),
  S3_SECRET_KEY: secretText(8).optional().register(notes, {
    group: 'Bucket',
    unit: 'text, 8 characters or more',
    absent: 'made at the first start; needed with `S3_ENDPOINT`',
    says: 'The secret of the key.',
    secret: true,
  }),
  INFERENCE_URL: origin().optional().register(notes, {
    group: 'Models',
    unit: 'address',
    absent: "the server's own",
    says: 'A model server of your own that speaks the Open Inference Protocol, such as Triton.',
  }),
  INFERENCE_TOKEN: secretText(16).optional().register(notes, {
    group: 'Models',
    unit: 'text, 16 characters or more',
    absent: "made at the first start for the server's own",
    says: 'What the model server demands of those who ask it.',
    secret: true,
  }),
  INFERENCE_HOST: z.string().prefault('127.0.0.1').register(notes, {
    group: 'Models',
    unit: 'network address',
    says: 'Where the model server listens, when it runs as a service of its own. Any but this machine needs `INFERENCE_TOKEN`.',
  }),
  MODEL_REPOSITORY: z.string().optional().register(notes, {
    group: 'Models',
    unit: 'folder',
    absent: 'the bucket',
    says: "A folder of models in Triton's layout, `<name>/<version>/model.onnx`, that the model server serves.",
  }),
  EXECUTION_PROVIDER: oneOf('auto', 'cpu', 'webgpu', 'cuda').prefault('auto').register(notes, {
    group: 'Models',
    unit: 'word',
    says: 'What networks run on: `cpu`, `webgpu` (any GPU), `cuda`, or `auto`, the first that is there.',
  }),
  MODEL_CACHE_MB: whole(64, 1_048_576).prefault('1024').register(notes, {
    group: 'Models',
    unit: 'MiB',
    says: 'The memory that open models may take together before the least used one is closed.',
  }),
  WORKER_CONCURRENCY: whole(1, 256).prefault('2').register(notes, {
    group: 'Work',
    unit: 'jobs',
    says: 'How many jobs one worker does at the same time.',
  }),
});
