import { CellMixerError, type ErrorCode, errorCodes } from '@cellmixer/errors';
import { z } from 'zod';
import { parseJson } from './json-body.ts';

const errorSchema = z.object({
  error: z.string(),
  // Our own server says these two as well; the protocol knows the words alone.
  code: z
    .string()
    .transform((code): ErrorCode | undefined => (isErrorCode(code) ? code : undefined))
    .optional(),
  cure: z.string().optional(),
});

const codesByStatus = new Map<number, ErrorCode>([
  [400, 'INVALID_ARGUMENT'],
  [401, 'NOT_AUTHENTICATED'],
  [403, 'NOT_AUTHENTICATED'],
  [404, 'MODEL_NOT_FOUND'],
  [413, 'REQUEST_TOO_LARGE'],
  [422, 'MODEL_UNREADABLE'],
  [429, 'SERVICE_BUSY'],
  [503, 'SERVICE_UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

/** What a model server says is wrong, as an error of ours. */
export function errorOfResponse(status: number, body: Uint8Array): CellMixerError {
  const told = errorSchema.safeParse(parseJson(body)).data;
  const code = told?.code ?? codesByStatus.get(status) ?? 'RUNTIME_FAILED';
  const words = told?.error ?? new TextDecoder().decode(body.subarray(0, 200));
  return new CellMixerError(
    code,
    `the model server answers ${status}: ${words}`,
    told?.cure === undefined ? {} : { cure: told.cure },
  );
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
