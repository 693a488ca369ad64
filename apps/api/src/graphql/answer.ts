import { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { PothosValidationError } from '@pothos/core';
import { z } from 'zod';
import { nounOf } from './noun-of.ts';
import { Problem, RequestError } from './request-error.ts';
import { sayIssue } from './say-issue.ts';

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
      `${path}: ${issue === undefined ? 'not allowed' : sayIssue(issue)}`,
      {
        subject: path,
      },
    );
  }
  if (error instanceof CellMixerError && error.code === 'INVALID_ARGUMENT')
    return new RequestError('ValidationError', 'INPUT_INVALID', error.message, error);
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
    const noun = nounOf(String(error.meta?.modelName ?? 'Thing'));
    return new RequestError('ConflictError', 'NAME_TAKEN', `There is a ${noun} with this name already.`, {
      subject: 'name',
      cure: 'Choose another name.',
    });
  }
  if (isUnkeepable(error)) {
    return new RequestError('ValidationError', 'INPUT_INVALID', 'A text holds the sign NUL.', {
      cure: 'Take it out: no text can hold it.',
    });
  }
  if (error instanceof PothosValidationError) {
    return new RequestError('ValidationError', 'ID_INVALID', error.message, {
      cure: 'Give an id as the API gave it, of the type that is asked for.',
    });
  }
  return null;
}

/** PostgreSQL keeps no NUL in texts, and says so in the same words for reading and writing, to us and to Prisma. */
function isUnkeepable(error: unknown): boolean {
  if (error instanceof Error && 'severity' in error && 'code' in error) return error.code === '22021';
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    JSON.stringify(error.meta ?? {}).includes('"22021"')
  );
}
