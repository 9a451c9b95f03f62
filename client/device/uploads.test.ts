import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '#client/api/trpc';
import { addPart, findClip, putClip } from './clip-store';
import { breakStore, FakeBrowser, isClosing, mendStores } from './queue/testing';
import { ClipUploads } from './uploads';

vi.mock('tus-js-client', () => ({
  Upload: class {
    readonly #options: { onSuccess(): void };
    constructor(_blob: Blob, options: { onSuccess(): void }) {
      this.#options = options;
    }
    start() {
      this.#options.onSuccess();
    }
    abort = async () => undefined;
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

let userId = '';
let opened: ClipUploads[] = [];

beforeEach(() => {
  userId = uuidv7();
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

  it('are hashed once they are there, and leave then', async () => {
    const id = await queued();
    const server = api({ state: 'pending', arrived: 4 }, { state: 'ready' });
    await uploadsWith(server).flush();
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('clip'))).toString('hex');
    expect(server.media.finish.mutate).toHaveBeenCalledWith({ mediaId: id, sha256 });
    expect(await findClip(id)).toBeUndefined();
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
