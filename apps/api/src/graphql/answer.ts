import { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { Problem, RequestError } from './request-error.ts';

/** The payload, or the asker's mistake as a value; what is the server's fault is thrown on. */
export async function answer<Payload>(work: () => Promise<Payload>): Promise<Payload | Problem> {
  try {
    return await work();
  } catch (error) {
    const known = toRequestError(error);
    if (known === null) throw error;
    return new Problem(known);
  }
}

/** @returns null for what the asker cannot be blamed for */
export function toRequestError(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    const path = issue?.path.join('.') ?? '';
    return new RequestError(
      'ValidationError',
      'INPUT_INVALID',
      `${path}: ${issue?.message ?? 'not allowed'}`,
      {
        subject: path,
      },
    );
  }
  if (error instanceof CellMixerError && error.code === 'INVALID_ARGUMENT')
    return new RequestError('ValidationError', 'INPUT_INVALID', error.message, error);
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
    return new RequestError('ConflictError', 'NAME_TAKEN', 'Something with this name is there already.', {
      cure: 'Choose another name.',
    });
  }
  return null;
}
