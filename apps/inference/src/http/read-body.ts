import type { IncomingMessage } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';
import type { Place } from '../scheduling/admission.ts';

/**
 * Reads a request to its end, into memory that threads share, so that a tensor in it goes to a lane as it is. The bytes
 * are counted before they are held: by Content-Length, or as they come.
 *
 * @param most bytes that one body may have
 * @throws REQUEST_TOO_LARGE, BusyError, INVALID_ARGUMENT for a body that is compressed or breaks off
 */
export async function readBody(request: IncomingMessage, place: Place, most: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new CellMixerError('INVALID_ARGUMENT', `the body is compressed (${encoding})`, {
      cure: 'Send it without Content-Encoding.',
    });
  const told = request.headers['content-length'];
  const body = told === undefined ? undefined : holdBuffer(place, Number(told), most);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    // A broken loop must not break the connection: the refusal still has to go out on it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const piece: Buffer = chunk;
      if (body === undefined) {
        requireFitting(length + piece.length, most);
        place.hold(piece.length);
        pieces.push(piece);
      } else body.set(piece, length);
      length += piece.length;
    }
  } catch (cause) {
    if (cause instanceof CellMixerError) throw cause;
    throw new CellMixerError('INVALID_ARGUMENT', `the body broke off after ${length} bytes`, { cause });
  }
  if (body !== undefined) return body;
  const joined = Buffer.from(new SharedArrayBuffer(length));
  let offset = 0;
  for (const piece of pieces) offset += piece.copy(joined, offset);
  return joined;
}

function holdBuffer(place: Place, length: number, most: number): Buffer {
  requireFitting(length, most);
  place.hold(length);
  return Buffer.from(new SharedArrayBuffer(length));
}

function requireFitting(length: number, most: number): void {
  if (length > most)
    throw new CellMixerError('REQUEST_TOO_LARGE', `the body has ${length} bytes; at most ${most} are taken`, {
      cure: 'Cut the picture into tiles, or send fewer at once.',
    });
}
