import type { Wanted } from '#client/device/media/chosen-devices';
import type { DeviceIds } from './device-finder';
import type { Standing } from './keep-line';
import { VisitLine } from './line';
import type { Wishes } from './line-state';
import { MemoryLine } from './memory-line';
import { MemoryRoom } from './memory-transport';

export const OPEN: Wishes = { microphone: true, camera: true, facing: 'user', cameraId: null, microphoneId: null };
export const NOBODY = { locationText: null, presentOthers: null };
export const ACCESS = { url: 'ws://room', token: 'token' };
export const ME = 'ana';

type Deferred<T> = { resolve(value: T): void; reject(error: Error): void };
type Entered = { participantId: string; isAdmitted: boolean; access: typeof ACCESS | null };

/** A window of a visit for tests, with a server that answers when it is told to, in whatever order. */
export class Window {
  readonly room: MemoryRoom;
  readonly lines: MemoryLine[] = [];
  readonly joins: Deferred<Entered>[] = [];
  readonly tokens: Deferred<typeof ACCESS>[] = [];
  readonly connects: Deferred<null>[] = [];
  readonly pauses: (() => void)[] = [];
  readonly kept: { isIn: boolean; wishes: Wishes }[] = [];
  /** Which devices were looked for by their names, and the answers that are waited for. */
  readonly sought: Wanted[] = [];
  readonly finds: Deferred<DeviceIds>[] = [];
  joined = 0;
  /** What was made at the door. */
  atDoor: typeof ACCESS | null = null;
  /** For each joining, whether the line was begun before it was answered. */
  readonly begunWith: boolean[] = [];
  recordSays: Standing = 'admitted';
  readonly line: VisitLine<MemoryLine>;

  constructor(room = new MemoryRoom(), wishes: Wishes = OPEN) {
    this.room = room;
    this.line = new VisitLine<MemoryLine>(
      {
        join: (_presence, isBegun) => {
          this.joined += 1;
          this.begunWith.push(isBegun);
          return new Promise((resolve, reject) => this.joins.push({ resolve, reject }));
        },
        fromDoor: () => {
          const held = this.atDoor;
          this.atDoor = null;
          return held;
        },
        token: () => new Promise((resolve, reject) => this.tokens.push({ resolve, reject })),
        standing: async () => this.recordSays,
        connect: async () => {
          await new Promise<null>((resolve, reject) => this.connects.push({ resolve, reject }));
          const line = this.room.enter(new MemoryLine(this.room, ME));
          this.lines.push(line);
          return line;
        },
        find: (wanted) => {
          this.sought.push(wanted);
          return new Promise((resolve, reject) => this.finds.push({ resolve, reject }));
        },
        kept: { write: (kept) => this.kept.push(kept) },
        pause: () => new Promise((resolve) => this.pauses.push(resolve)),
      },
      wishes,
    );
  }

  get state() {
    return this.line.snapshot();
  }

  get open(): MemoryLine[] {
    return this.lines.filter((line) => line.snapshot().state !== 'down');
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 24; turn++) await Promise.resolve();
  }

  async enter(entered: Partial<Entered> = {}): Promise<void> {
    void this.line.ask(NOBODY).catch(() => undefined);
    this.joins.shift()?.resolve({ participantId: ME, isAdmitted: true, access: ACCESS, ...entered });
    await this.settle();
  }

  async connect(): Promise<MemoryLine> {
    this.connects.shift()?.resolve(null);
    await this.settle();
    const line = this.lines.at(-1);
    if (!line) throw new Error('no line');
    return line;
  }

  async live(): Promise<MemoryLine> {
    await this.enter();
    return await this.connect();
  }

  /** The line breaks, and a new one comes with new access. */
  async again(): Promise<MemoryLine> {
    await this.lines.at(-1)?.disconnect();
    await this.settle();
    this.pauses.shift()?.();
    await this.settle();
    this.tokens.shift()?.resolve(ACCESS);
    await this.settle();
    return await this.connect();
  }
}

export const heard = (line: MemoryLine) => line.snapshot().microphoneOn;
export const seen = (line: MemoryLine) => line.snapshot().cameraOn;
