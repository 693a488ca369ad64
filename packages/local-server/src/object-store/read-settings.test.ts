import { expect, it } from 'vitest';
import { readObjectStoreSettings } from './read-settings.ts';

const complete = { OBJECT_STORE_FOLDER: '/data', S3_ACCESS_KEY: 'access', S3_SECRET_KEY: 'very-secret' };

it('reads origins and falls back to this machine and any free port', () => {
  expect(readObjectStoreSettings({ ...complete, OBJECT_STORE_ORIGINS: 'http://a, http://b,' })).toMatchObject(
    {
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
      allowedOrigins: ['http://a', 'http://b'],
    },
  );
});

it('names the variable that is wrong and never a value', () => {
  const read = () => readObjectStoreSettings({ ...complete, S3_SECRET_KEY: 'short' });
  expect(read).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', subject: 'S3_SECRET_KEY' }));
  expect(read).not.toThrow(/short\b(?!.*characters)/);
});
