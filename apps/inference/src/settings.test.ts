import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const token = 'a-token-of-some-length';

describe('settings', () => {
  it('are this machine only, without a token, by default', () => {
    expect(readSettings({ MODEL_REPOSITORY: '/models' })).toMatchObject({
      host: '127.0.0.1',
      port: 4810,
      token: undefined,
      repository: { kind: 'folder', folder: '/models' },
    });
  });

  it('name the variable that is missing', () => {
    expect(() => readSettings({})).toThrow(/MODEL_REPOSITORY/);
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '128.0.0.1'])(
    'refuse to listen on %s without a token',
    (host) => {
      const given = { MODEL_REPOSITORY: '/models', INFERENCE_HOST: host };
      expect(() => readSettings(given)).toThrow(/without a token/);
      expect(readSettings({ ...given, INFERENCE_TOKEN: token })).toMatchObject({ host, token });
    },
  );
});
