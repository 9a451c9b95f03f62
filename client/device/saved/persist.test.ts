import { readFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import 'fake-indexeddb/auto';

const persist = vi.fn(async () => true);
beforeEach(() => {
  // Each page asks by itself.
  vi.resetModules();
  persist.mockClear();
  vi.stubGlobal('navigator', { storage: { persist } });
  vi.stubGlobal('window', {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const userId = uuidv7();
const clip = { userId, mime: 'video/webm', state: 'recorded' as const, createdAt: 1 };

/** What is kept on a device and nowhere else, whoever's it is. */
const KEPT: Record<string, () => Promise<unknown>> = {
  'a write that waits': async () => {
    const { newRow, putRow } = await import('../queue/rows');
    await putRow(await newRow(userId, 'annotation', uuidv7(), { visitId: 'v' }, 1), []);
  },
  'a clip': async () => (await import('../clip-store')).putClip({ ...clip, id: uuidv7() }),
  'a text, such as a clinician’s note': async () => (await import('./kept')).keepText(userId, 'note', { text: 'x' }),
  'a check-in under way': async () => (await import('#client/check-in/draft-store')).writeStored(userId, { pain: 1 }),
};

describe('a browser is asked to keep what it has', () => {
  it.each(Object.entries(KEPT))('with %s, once for a page', async (_what, keep) => {
    await keep();
    await keep();
    expect(persist).toHaveBeenCalledTimes(1);
  });

  it('and with a page that is opened while something of its owner is kept still', async () => {
    const { putClip, removeClip } = await import('../clip-store');
    const id = uuidv7();
    await putClip({ ...clip, id });
    const someone = uuidv7();
    vi.resetModules();
    persist.mockClear();
    await (await import('#client/shell/others')).tidyForOwner(someone);
    expect(persist).not.toHaveBeenCalled();
    await (await import('#client/shell/others')).tidyForOwner(userId);
    expect(persist).toHaveBeenCalledTimes(1);
    await removeClip(id);
  });

  it('but not for what can be read again', async () => {
    await (await import('#client/practice/day-store')).keepDay(userId, {});
    await (await import('./kept')).keepText(userId, 'note', null);
    expect(persist).not.toHaveBeenCalled();
  });

  it.each([undefined, {}, { storage: {} }, { storage: { persist: () => Promise.reject(new Error('no')) } }])(
    'and keeps it where the browser does not know the question, or refuses: %#',
    async (navigator) => {
      vi.stubGlobal('navigator', navigator);
      await KEPT['a write that waits']?.();
      const { rowsOf } = await import('../queue/rows');
      expect((await rowsOf(userId)).length).toBeGreaterThan(0);
    },
  );
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as {
    [key: string]: unknown;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  /** Width and height stand at a fixed place of a PNG. */
  const sizeOf = (src: string) => {
    const file = readFileSync(`public${src}`);
    expect(file.subarray(1, 4).toString()).toBe('PNG');
    return `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`;
  };

  it('opens the whole app by itself from the home screen, and names no other host', () => {
    expect(manifest).toMatchObject({ name: 'Regrasp', start_url: '/', scope: '/', display: 'standalone' });
    expect(JSON.stringify(manifest)).not.toMatch(/https?:/);
  });

  it('has pictures of the sizes that it names: one for each way in which browsers install, and one that may be cut', () => {
    for (const { src, sizes } of manifest.icons) expect(sizeOf(src), src).toBe(sizes);
    const plain = manifest.icons.filter(({ purpose }) => purpose === undefined).map(({ sizes }) => sizes);
    expect(plain).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  });
});
