import { type ApiClient, problemOf } from '#client/api/trpc';
import { mayLeaveDevice, UPLOAD_EXPIRED } from '#domain/check-in/media';
import {
  ClipStuck,
  changeClip,
  findClip,
  isStuck,
  isWhole,
  listClips,
  openClip,
  preparing,
  removeClip,
  type Sliceable,
  type StoredClip,
} from './clip-store';
import { sha256Of } from './sha256';

const ENDPOINT = '/api/uploads';
/** 64 s at 64 kbit/s: well under every timeout on the way. */
const CHUNK_BYTES = 512 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];
const RETRY_STATUS = new Set([0, 408, 409, 423, 425, 429]);
const AGAIN_MS = 15_000;
/** Asked again later nothing else would be answered. A login that ran out is no refusal. */
const REFUSED = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST']);

type Sending = {
  mediaId: string;
  source: Sliceable;
  begun: boolean;
  onProgress(share: number): void;
  signal: AbortSignal;
};

/** The sender asks for one part after the other: none but the one on its way is in memory. */
function readerOf(source: Sliceable) {
  return {
    size: source.size,
    slice: async (from: number, to: number) => ({ value: await source.slice(from, to), done: to >= source.size }),
    close: () => undefined,
  };
}

export async function sendPieces({ mediaId, source, begun, onProgress, signal }: Sending): Promise<void> {
  // Loaded when there is something to send: most pages of most days have nothing.
  const { Upload } = await import('tus-js-client');
  await new Promise<void>((resolve, reject) => {
    signal.throwIfAborted();
    const upload = new Upload(new Blob(), {
      fileReader: { openFile: async () => readerOf(source) },
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
    signal.addEventListener('abort', () => void upload.abort().then(() => reject(signal.reason), reject), {
      once: true,
    });
    upload.start();
  });
}

async function stateOf(clip: StoredClip): Promise<KeptClip['state']> {
  if (isStuck(clip)) return 'stuck';
  return !clip.isUnreadable && (await isWhole(clip.id)) ? 'whole' : 'broken';
}

export type UploadState = ReadonlyMap<string, number>;

/**
 * A clip of the person's that is on this device and not on its way: `broken` where a piece of it is gone or cannot be read,
 * `stuck` where preparing it ended the page several times.
 */
export type KeptClip = { id: string; createdAt: number; state: 'whole' | 'broken' | 'stuck' };

/** Names of the browser's errors where it has a clip and cannot read it. */
const UNREADABLE = new Set(['NotReadableError', 'NotFoundError']);

/** One sender per account in the whole browser: two tabs that sent the same clip would refuse each other's pieces. */
export class ClipUploads {
  readonly #api: ApiClient;
  readonly #userId: string;
  readonly #listeners = new Set<() => void>();
  readonly #again = () => void this.flush();
  #isWaiting: (outboxId: string) => Promise<boolean> = async () => false;
  #shares: UploadState = new Map();
  #turn: Promise<void> | null = null;
  #isAsked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #closing = new AbortController();

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

  /** How it is known whether a write still waits in the outbox. */
  follow(isWaiting: (outboxId: string) => Promise<boolean>): void {
    this.#isWaiting = isWaiting;
  }

  /** One turn at a time; what is asked for during a turn is another one after it: a clip may be due only since. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#turn) {
      this.#isAsked = true;
      return this.#turn;
    }
    this.#turn = this.#turns().finally(() => {
      this.#turn = null;
    });
    return this.#turn;
  }

  /** What waits here for its owner's word. */
  async kept(): Promise<KeptClip[]> {
    const clips = (await listClips(this.#userId)).filter((clip) => clip.state !== 'queued');
    return await Promise.all(
      clips.map(async (clip) => ({ id: clip.id, createdAt: clip.createdAt, state: await stateOf(clip) })),
    );
  }

  /** By its owner's word, and by nothing else before its bytes have arrived. */
  async discard(mediaId: string): Promise<void> {
    if ((await findClip(mediaId))?.userId !== this.#userId) return;
    await removeClip(mediaId);
    this.#tell();
  }

  /** Sends a clip that the server gave up waiting for, by the person's own decision. */
  async sendAgain(mediaId: string): Promise<void> {
    const clip = await findClip(mediaId);
    if (clip?.userId !== this.#userId || !(await isWhole(mediaId))) return;
    await this.#api.checkIns.sendAgain.mutate({ mediaId });
    await changeClip(mediaId, { state: 'queued', begun: 0, isUnreadable: false });
    this.#tell();
    await this.flush();
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#again);
  }

  async #turns(): Promise<void> {
    const { signal } = this.#closing;
    do {
      this.#isAsked = false;
      try {
        const locks = navigator.locks as LockManager | undefined;
        // Older browsers have none: there two tabs may refuse each other's pieces, and the next turn goes on.
        if (locks) await locks.request(`regrasp-clips-${this.#userId}`, { signal }, () => this.#sendAll());
        else await this.#sendAll();
      } catch {
        // The browser closed its database, or has none: the next turn opens it again.
        if (!signal.aborted) this.#comeBack();
        return;
      }
    } while (this.#isAsked && !signal.aborted);
  }

  async #sendAll(): Promise<void> {
    const queued = (await listClips(this.#userId)).filter((clip) => clip.state === 'queued');
    for (const clip of queued) {
      if (this.#closing.signal.aborted) return;
      // The server does not know of it yet; whoever hears that its write was sent begins a turn.
      if (clip.announcedBy && (await this.#isWaiting(clip.announcedBy))) continue;
      try {
        await this.#sendOne(clip);
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        if (error instanceof ClipStuck) await this.#keep(clip);
        if (error instanceof DOMException && UNREADABLE.has(error.name)) await this.#keep(clip, { isUnreadable: true });
        // Else the server cannot be reached, or does not know of it yet.
        this.#comeBack();
      }
    }
  }

  #comeBack(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#again, AGAIN_MS);
  }

  /** Sends it and lets it go once its bytes have arrived; whatever else becomes of it, the only copy stays here. */
  async #sendOne(clip: StoredClip): Promise<void> {
    const { id } = clip;
    const known = await this.#api.media.progress.query({ mediaId: id });
    if (mayLeaveDevice(known)) return this.#leave(id);
    const whole = await preparing(id, () => openClip(id));
    // Sent is sent, also from a phone that comes back after the server gave up waiting.
    const isExpected = known.state === 'pending' || (known.failure === UPLOAD_EXPIRED && (await this.#reopen(id)));
    if (!whole || !isExpected) return this.#keep(clip);
    await sendPieces({
      mediaId: id,
      source: whole,
      begun: known.state === 'pending' && (known.arrived ?? 0) > 0,
      onProgress: (share) => this.#share(id, share),
      signal: this.#closing.signal,
    });
    const sha256 = clip.sha256 ?? (await preparing(id, () => sha256Of(whole)));
    const received = await this.#api.media.finish.mutate({ mediaId: id, sha256 });
    if (!mayLeaveDevice(received)) return this.#keep(clip);
    await this.#leave(id);
    this.#share(id, 1);
  }

  async #leave(id: string): Promise<void> {
    await removeClip(id);
    this.#tell();
  }

  async #keep({ id }: StoredClip, why: Pick<StoredClip, 'isUnreadable'> = {}): Promise<void> {
    await changeClip(id, { ...why, state: 'recorded' });
    this.#tell();
  }

  /** False where the server does not take it now; the page says why. */
  async #reopen(mediaId: string): Promise<boolean> {
    try {
      return (await this.#api.checkIns.sendAgain.mutate({ mediaId })).state === 'pending';
    } catch (error) {
      if (REFUSED.has(problemOf(error).code)) return false;
      throw error;
    }
  }

  #share(id: string, share: number): void {
    this.#shares = new Map([...this.#shares, [id, share]]);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
