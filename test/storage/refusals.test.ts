import { incomingKey, openStorage } from '@cellmixer/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchWhole } from './fetch-whole.ts';
import { minioClient, type ServerUnderTest, startServerUnderTest } from './server-under-test.ts';
import { send, sendSigned } from './signed-request.ts';

let server: ServerUnderTest;
let path: string;
beforeAll(async () => {
  server = await startServerUnderTest();
  path = `/${server.settings.bucket}/secret`;
  await server.minio.putObject(server.settings.bucket, 'secret', 'the secret');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe('a request without a right signature', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('is refused: anonymous %s', async (method) => {
    expect((await send(server.settings, method, path, {}, Buffer.alloc(0))).status).toBe(403);
    expect((await send(server.settings, method, `${path}-new`, {}, Buffer.alloc(0))).status).toBe(403);
  });

  it('is refused: anonymous listing', async () => {
    expect(
      (await send(server.settings, 'GET', `/${server.settings.bucket}?list-type=2`, {}, Buffer.alloc(0)))
        .status,
    ).toBe(403);
    expect((await send(server.settings, 'GET', '/', {}, Buffer.alloc(0))).status).toBe(403);
  });

  it('is accepted when it is signed by hand, or the refusals below would prove nothing', async () => {
    expect(await sendSigned(server.settings, { method: 'GET', path })).toMatchObject({
      status: 200,
      text: 'the secret',
    });
    const put = await sendSigned(server.settings, {
      method: 'PUT',
      path: `${path}-by-hand`,
      body: Buffer.from('a'),
    });
    expect(put.status).toBe(200);
  });

  it('is refused: a wrong secret, an unknown access key, another region', async () => {
    const wrong = [{ secretKey: 'wrong' }, { accessKey: 'nobody' }, { region: 'eu-west-7' }];
    const answers = await Promise.all(
      wrong.map((change) => sendSigned(server.settings, { method: 'GET', path, ...change })),
    );
    expect(answers.map(({ status }) => Math.floor(status / 100))).toEqual([4, 4, 4]);
    expect(answers[0]?.code).toBe('SignatureDoesNotMatch');
    expect(answers[1]?.code).toMatch(/InvalidAccessKeyId|XAdminUserNotFound/);
  });

  it('is refused: a clock that is wrong by more than fifteen minutes, either way', async () => {
    for (const date of [minutes(-20), minutes(20)]) {
      expect(await sendSigned(server.settings, { method: 'GET', path, date })).toMatchObject({
        status: 403,
        code: 'RequestTimeTooSkewed',
      });
    }
    expect(await sendSigned(server.settings, { method: 'GET', path, date: minutes(-10) })).toMatchObject({
      status: 200,
    });
  });

  it('is refused: a body that is not the one that was signed', async () => {
    const payload = '0'.repeat(64);
    const answer = await sendSigned(server.settings, {
      method: 'PUT',
      path: `${path}-tampered`,
      body: Buffer.from('a'),
      payload,
    });
    expect(answer).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
    expect((await sendSigned(server.settings, { method: 'GET', path: `${path}-tampered` })).status).toBe(404);
  });

  it('is refused: a presigned address that was changed', async () => {
    const { bucket } = server.settings;
    await server.minio.putObject(bucket, 'other', 'other');
    const url = await server.minio.presignedGetObject(bucket, 'secret', 60);
    const changed = [
      url.replace('/secret?', '/other?'),
      url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'),
      url.replace(/X-Amz-Signature=(.)/, (_, first) => `X-Amz-Signature=${first === '0' ? '1' : '0'}`),
      `${url}&response-content-type=text/html`,
      url.replace(/&X-Amz-Signature=.*/, ''),
    ];
    for (const address of changed) {
      expect(address).not.toBe(url);
      expect(Math.floor((await fetchWhole(address)).status / 100), address).toBe(4);
    }
    expect((await fetchWhole(url)).status).toBe(200);
  });

  it('is told to the caller of our storage as refused, not as absent', async () => {
    const storage = openStorage({ ...server.settings, secretKey: 'wrong-secret-key' });
    const key = incomingKey('lab1', 'upload1');
    await expect(storage.put(key, Buffer.from('a'), { contentType: 'text/plain' })).rejects.toMatchObject({
      code: 'STORAGE_REFUSED',
      subject: key,
    });
    await expect(storage.readBytes(key)).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    await expect(minioClient(server.settings, 'wrong-secret-key').listBuckets()).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });
});
