import { Upload } from 'tus-js-client';
import { listClips, putClip, readClip, removeClip } from './clip-store';
import type { ApiClient } from './trpc';

const ENDPOINT = '/api/uploads';
/** 64 s at 64 kbit/s: well under every timeout on the way. */
const CHUNK_BYTES = 512 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];
const RETRY_STATUS = new Set([0, 408, 409, 423, 425, 429]);
const AGAIN_MS = 15_000;

export async function sha256Of(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function send(mediaId: string, blob: Blob, begun: boolean, onProgress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      endpoint: ENDPOINT,
      // The address follows from the id, so an upload that began is found again after a reload or days later.
      uploadUrl: begun ? `${ENDPOINT}/${mediaId}` : undefined,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      storeFingerprintForResuming: false,
      metadata: { mediaId },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status >= 500 || RETRY_STATUS.has(status);
      },
      onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 0),
      onError: reject,
      onSuccess: () => resolve(),
    });
    upload.start();
  });
}

export type UploadState = ReadonlyMap<string, number>;

/** Sends the queued clips of an account, one at a time, until the server has them whole. */
export class ClipUploads {
  readonly #api: ApiClient;
  readonly #userId: string;
  readonly #listeners = new Set<() => void>();
  readonly #again = () => void this.flush();
  #shares: UploadState = new Map();
  #turn: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(api: ApiClient, userId: string) {
    this.#api = api;
    this.#userId = userId;
    window.addEventListener('online', this.#again);
  }

  state = (): UploadState => this.#shares;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#turn ??= this.#sendAll().finally(() => {
      this.#turn = null;
    });
    return this.#turn;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#again);
  }

  async #sendAll(): Promise<void> {
    const queued = (await listClips(this.#userId)).filter((clip) => clip.state === 'queued');
    for (const { id } of queued) {
      if (this.#closed) return;
      try {
        await this.#sendOne(id);
      } catch {
        // The line or the server is away; the clip stays and is tried again.
        if (!this.#closed) this.#timer = setTimeout(this.#again, AGAIN_MS);
        return;
      }
    }
  }

  async #sendOne(id: string): Promise<void> {
    const whole = await readClip(id);
    if (!whole) return removeClip(id);
    const known = await this.#api.media.progress.query({ mediaId: id });
    // The server gave up waiting: the device then holds the only copy, and keeps it.
    if (known.failure === 'upload_expired') return putClip({ ...whole.clip, state: 'recorded' });
    if (known.state === 'pending') {
      await send(id, whole.blob, (known.arrived ?? 0) > 0, (share) => this.#share(id, share));
      await this.#api.media.finish.mutate({ mediaId: id, sha256: await sha256Of(whole.blob) });
    }
    await removeClip(id);
    this.#share(id, 1);
  }

  #share(id: string, share: number): void {
    this.#shares = new Map([...this.#shares, [id, share]]);
    for (const listener of this.#listeners) listener();
  }
}
