import { expectBody } from '../body/expected-body.ts';
import { receiveBody } from '../body/receive-body.ts';
import { checksumHeaders } from '../http/checksum-headers.ts';
import { writeCondition } from '../http/conditions.ts';
import type { Operation } from '../http/exchange.ts';
import { respondEmpty } from '../http/respond.ts';
import { headersToKeep } from '../http/stored-headers.ts';

/** Bytes that one request may bring, as with Amazon: 5 GiB. */
export const largestBody = 5 * 1024 ** 3;

export const putObject: Operation = async ({
  request,
  response,
  target,
  authentication,
  store,
  now,
  askForBody,
}) => {
  const bucket = store.bucket(target.bucket);
  const expected = expectBody(request, authentication, largestBody);
  const headers = headersToKeep(request.headers);
  const condition = writeCondition(request.headers);
  // Looked at before the body as well, so that a refused client need not send it.
  if (condition !== undefined) condition(await bucket.find(target.key));
  askForBody();
  const received = await store.temporary.use(async (file) => {
    const body = await receiveBody(request, authentication, expected, file);
    const { size, sha256, checksums } = body;
    const record = { key: target.key, size, etag: body.md5, sha256, modified: now, headers, checksums };
    await bucket.publish(file, record, condition);
    return body;
  });
  respondEmpty(response, 200, { etag: `"${received.md5}"`, ...checksumHeaders(received.checksums) });
};
