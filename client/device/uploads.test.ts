import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '#client/api/trpc';
import { addPart, findClip, putClip } from './clip-store';
import { breakStore, FakeBrowser, isClosing, mendStores } from './queue/testing';
import { ClipUploads } from './uploads';

type Part = { value: Blob; done: boolean };
type Options = {
  fileReader: { openFile(): Promise<{ size: number; slice(from: number, to: number): Promise<Part> }> };
  chunkSize: number;
  onSuccess(): void;
  onError(problem: unknown): void;
};

const line = vi.hoisted(() => ({ parts: [] as Blob[], reads: [] as number[] }));

/** As tus sends: it asks its reader for one part after the other. */
vi.mock('tus-js-client', () => ({
  Upload: class {
    readonly #options: Options;
    constructor(_input: Blob, options: Options) {
      this.#options = options;
    }
    start() {
      this.#send().then(this.#options.onSuccess, this.#options.onError);
    }
    abort = async () => undefined;
    async #send(): Promise<void> {
      const { fileReader, chunkSize } = this.#options;
      line.reads.push(0);
      const source = await fileReader.openFile();
      for (let at = 0; at < source.size; at += chunkSize) {
        line.reads.push(0);
        line.parts.push((await source.slice(at, Math.min(at + chunkSize, source.size))).value);
      }
    }
  },
}));

type Known = { state: string; arrived?: number; failure?: string | null };

/** The server as far as it is asked about one clip that needs no bytes any more, or will take none. */
function api(progress: Known, finished: Known = progress) {
  return {
    media: {
      progress: { query: vi.fn(async () => progress) },
      finish: { mutate: vi.fn(async () => finished) },
    },
    checkIns: { sendAgain: { mutate: vi.fn(async () => ({ state: 'failed' })) } },
  };
}

const sent = async () => Buffer.from(await new Blob(line.parts).arrayBuffer());

let userId = '';
let opened: ClipUploads[] = [];

beforeEach(() => {
  userId = uuidv7();
  line.parts = [];
  line.reads = [];
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('navigator', { locks: new FakeBrowser().parts().locks });
});
afterEach(() => {
  for (const uploads of opened) uploads.close();
  opened = [];
  mendStores();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function queued(change: Partial<Parameters<typeof putClip>[0]> = {}): Promise<string> {
  const id = uuidv7();
  await putClip({ id, userId, mime: 'video/webm', state: 'queued', createdAt: 1, ...change });
  await addPart({ id, userId }, 0, new Blob(['clip']));
  return id;
}

function uploadsWith(server: ReturnType<typeof api>): ClipUploads {
  const uploads = new ClipUploads(server as unknown as ApiClient, userId);
  opened.push(uploads);
  return uploads;
}

describe('the clips that are sent', () => {
  it('leave the device when their bytes have arrived', async () => {
    const id = await queued();
    await uploadsWith(api({ state: 'ready' })).flush();
    expect(await findClip(id)).toBeUndefined();
  });

  it('stay where the server does not take them: the only copy is their owner’s to delete', async () => {
    const id = await queued();
    const uploads = uploadsWith(api({ state: 'failed', failure: 'consent_missing' }));
    await uploads.flush();
    expect(await uploads.kept()).toMatchObject([{ id, state: 'whole' }]);
    await uploads.discard(id);
    expect(await uploads.kept()).toEqual([]);
  });

  it('are not asked about while the write that tells of them waits', async () => {
    const id = await queued({ announcedBy: 'the message' });
    const server = api({ state: 'ready' });
    const uploads = uploadsWith(server);
    let waits = true;
    uploads.follow(async (outboxId) => outboxId === 'the message' && waits);
    await uploads.flush();
    expect(server.media.progress.query).not.toHaveBeenCalled();
    expect(await findClip(id)).toBeDefined();
    waits = false;
    await uploads.flush();
    expect(await findClip(id)).toBeUndefined();
  });

  it('are hashed once they are there, and leave then', async () => {
    const id = await queued();
    const server = api({ state: 'pending', arrived: 4 }, { state: 'ready' });
    await uploadsWith(server).flush();
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('clip'))).toString('hex');
    expect(server.media.finish.mutate).toHaveBeenCalledWith({ mediaId: id, sha256 });
    expect(await findClip(id)).toBeUndefined();
  });

  it('go part by part, as they were recorded', async () => {
    const id = await queued();
    const bytes = Uint8Array.from({ length: 1_300_000 }, (_, at) => (at * 11 + (at >> 9)) % 256);
    await addPart({ id, userId }, 1, new Blob([bytes]));
    const { get } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'chunks') line.reads.push((line.reads.pop() ?? 0) + 1);
      return get.call(this, key);
    });
    const server = api({ state: 'pending' });
    server.media.finish.mutate.mockRejectedValue(new Error('no line'));
    await uploadsWith(server).flush();
    // Once for its size, to begin nothing more, and then no piece that the part needs not; after the last it is hashed.
    expect(line.reads.slice(0, -1)).toEqual([3, 0, 2, 1]);
    expect((await sent()).equals(Buffer.concat([Buffer.from('clip'), bytes]))).toBe(true);
    expect(Math.max(...line.parts.map(({ size }) => size))).toBe(512 * 1024);
  });

  it('count as being prepared while they are opened: a page that ends of it does not do so for ever', async () => {
    const id = await queued();
    const seen: string[] = [];
    const { get, put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'chunks') seen.push('read');
      return get.call(this, key);
    });
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
      seen.push(`begun ${value.begun}`);
      return put.call(this, value);
    });
    const server = api({ state: 'pending' });
    server.media.finish.mutate.mockRejectedValue(new Error('no line'));
    await uploadsWith(server).flush();
    // Opened in one, sent, and hashed in the other.
    expect(seen).toEqual(['begun 1', 'read', 'begun 0', 'read', 'begun 1', 'read', 'begun 0']);
    expect(await findClip(id)).toBeDefined();
  });

  it('are another person’s to nobody', async () => {
    const id = await queued({ userId: uuidv7() });
    const uploads = uploadsWith(api({ state: 'ready' }));
    await uploads.flush();
    await uploads.discard(id);
    expect(await findClip(id)).toBeDefined();
  });

  it('wait for their owner where preparing them ended the page several times', async () => {
    const id = await queued({ begun: 3 });
    const uploads = uploadsWith(api({ state: 'pending', arrived: 4 }, { state: 'ready' }));
    await uploads.flush();
    expect(await uploads.kept()).toMatchObject([{ id, state: 'stuck' }]);
  });

  it('are said to be broken where the browser cannot read them any more', async () => {
    const id = await queued();
    const server = api({ state: 'pending' });
    server.media.progress.query.mockRejectedValue(new DOMException('gone', 'NotReadableError'));
    const uploads = uploadsWith(server);
    await uploads.flush();
    expect(await uploads.kept()).toMatchObject([{ id, state: 'broken' }]);
  });

  it('go in the turn after, where one became due while another was on its way', async () => {
    await queued();
    const server = api({ state: 'ready' });
    const uploads = uploadsWith(server);
    let late = '';
    server.media.progress.query.mockImplementationOnce(async () => {
      late = await queued();
      void uploads.flush();
      return { state: 'ready' };
    });
    await uploads.flush();
    expect(late).not.toBe('');
    expect(await findClip(late)).toBeUndefined();
  });

  it('come back after the browser has closed its database', async () => {
    const id = await queued();
    const uploads = uploadsWith(api({ state: 'ready' }));
    breakStore('index', isClosing);
    await uploads.flush();
    mendStores();
    expect(await findClip(id)).toBeDefined();
    await uploads.flush();
    expect(await findClip(id)).toBeUndefined();
  });
});
