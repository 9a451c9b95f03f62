import { describe, expect, it } from 'vitest';
import { EnvError, liveKitEnv, parseEnv } from './env';

const good = { REGRASP_SECRET: 'x'.repeat(32) };

describe('the environment', () => {
  it('is complete with a secret alone', () => {
    const env = parseEnv(good);
    expect(env).toMatchObject({ PORT: 3000, DATABASE_URL: 'file:.data/regrasp.sqlite', REGRASP_DEMO: '0' });
    expect(liveKitEnv(env)).toBeNull();
  });

  it.each([
    ['a missing secret', {}, 'REGRASP_SECRET'],
    ['a short secret', { REGRASP_SECRET: 'x'.repeat(31) }, 'REGRASP_SECRET'],
    ['a port that is none', { ...good, PORT: '70000' }, 'PORT'],
    ['an address that is none', { ...good, REGRASP_URL: 'regrasp.example.org' }, 'REGRASP_URL'],
    ['a database of another kind', { ...good, DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    ['a media server without its keys', { ...good, LIVEKIT_URL: 'wss://x.example' }, 'LIVEKIT_URL'],
    [
      'a media server’s key without a secret',
      { ...good, LIVEKIT_URL: 'wss://x.example', LIVEKIT_API_KEY: 'k' },
      'LIVEKIT_URL',
    ],
  ])(
    'with %s stops with the variable’s name and without its value',
    (_name, source: Record<string, string>, variable) => {
      const parse = () => parseEnv({ REGRASP_SECRET: undefined, ...source });
      expect(parse).toThrow(EnvError);
      expect(parse).toThrow(variable);
      expect(parse).not.toThrow('mysql://x');
    },
  );

  it('derives the server’s address of LiveKit from the browsers’ one', () => {
    const env = parseEnv({
      ...good,
      LIVEKIT_URL: 'wss://x.example',
      LIVEKIT_API_KEY: 'k',
      LIVEKIT_API_SECRET: 's'.repeat(32),
    });
    expect(liveKitEnv(env)).toEqual({
      url: 'wss://x.example',
      apiUrl: 'https://x.example',
      key: 'k',
      secret: 's'.repeat(32),
    });
  });
});
