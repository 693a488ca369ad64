import { parentPort } from 'node:worker_threads';
import { CellMixerError } from '@cellmixer/errors';
import { openByteSource } from '../byte-source.ts';
import { describeTiff } from '../tiff/describe-tiff.ts';
import { readTiff } from '../tiff/read-tiff.ts';
import { TiffFile } from '../tiff/tiff-directory.ts';
import type { DecodeJob, DecodeReply, Fault } from './decode-job.ts';

// One job at a time: the thread may be ended in the middle of any.
parentPort?.on('message', async (job: DecodeJob) => {
  const reply = await run(job).catch(
    (error: unknown): DecodeReply => ({ kind: 'failed', fault: faultOf(error, job.name) }),
  );
  const transfer =
    reply.kind === 'read' && reply.raster.data.buffer instanceof ArrayBuffer
      ? [reply.raster.data.buffer]
      : [];
  parentPort?.postMessage(reply, transfer);
});

async function run(job: DecodeJob): Promise<DecodeReply> {
  const source = openByteSource(job.source, job.name);
  try {
    const file = new TiffFile(source);
    if (job.kind === 'describe') {
      return { kind: 'described', description: await describeTiff(file, job.limits, job.stored) };
    }
    return { kind: 'read', raster: await readTiff(file, job.limits, job.parts, job.region, job.treatment) };
  } finally {
    source.close();
  }
}

function faultOf(error: unknown, name: string): Fault {
  if (error instanceof CellMixerError) {
    const { code, message, cure } = error;
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    if (code === 'IMAGE_UNSUPPORTED' || code === 'IMAGE_TOO_LARGE' || code === 'INVALID_ARGUMENT') {
      return { code, message, cure, cause };
    }
    return { code: 'IMAGE_UNREADABLE', message, cure, cause };
  }
  return {
    code: 'IMAGE_UNREADABLE',
    message: `"${name}": the TIFF cannot be read`,
    cure: 'Open it in Fiji and save it as TIFF.',
    cause: error instanceof Error ? error.message : String(error),
  };
}
