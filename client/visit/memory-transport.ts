import type { TransportMessage, TransportSnapshot, TransportStill, VisitTransport } from './transport';

/** Ink suffers all of it; operations, control messages and stills only wait. */
export type LineTrouble = {
  readonly seed: number;
  readonly loss: number;
  readonly repetition: number;
  /** Each message takes a time between these, so that ink overtakes ink. */
  readonly delayMs: readonly [number, number];
};

type Cargo = { message: TransportMessage } | { still: TransportStill };
type Parcel = { atMs: number; order: number; to: MemoryTransport; connection: number; cargo: Cargo };

/** A room in memory, for tests: time stands still until `advance`, and the same seed gives the same trouble. */
export class MemoryRoom {
  readonly #trouble: LineTrouble;
  readonly #random: () => number;
  readonly #ends = new Set<MemoryTransport>();
  /** When the last reliable parcel of a pair arrives; the next one may not overtake it. */
  readonly #lastAtMs = new Map<string, number>();
  #parcels: Parcel[] = [];
  #order = 0;
  #nowMs = 0;

  constructor(trouble: Partial<LineTrouble> = {}) {
    this.#trouble = { seed: 1, loss: 0, repetition: 0, delayMs: [0, 0], ...trouble };
    this.#random = seeded(this.#trouble.seed);
  }

  now = (): number => this.#nowMs;

  /** One more end. Two tabs of one person are two ends under one id. */
  join(participantId: string): MemoryTransport {
    return this.enter(new MemoryTransport(this, participantId));
  }

  enter<End extends MemoryTransport>(end: End): End {
    this.#ends.add(end);
    this.changed();
    return end;
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#take(untilMs); next; next = this.#take(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      if (next.to.connection === next.connection) next.to.deliver(next.cargo);
    }
    this.#nowMs = untilMs;
  }

  connectedBeside(end: MemoryTransport): MemoryTransport[] {
    return [...this.#ends].filter((other) => other !== end && other.isConnected());
  }

  changed(): void {
    for (const end of this.#ends) end.update();
  }

  leave(end: MemoryTransport): void {
    this.#ends.delete(end);
  }

  scatter(from: MemoryTransport, cargo: Cargo): void {
    for (const to of this.connectedBeside(from)) {
      const copies = this.#random() < this.#trouble.loss ? 0 : this.#random() < this.#trouble.repetition ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) this.#send(to, this.#nowMs + this.#delayMs(), cargo);
    }
  }

  hand(from: MemoryTransport, cargo: Cargo): void {
    for (const to of this.connectedBeside(from)) {
      const pair = `${from.number}>${to.number}`;
      const atMs = Math.max(this.#lastAtMs.get(pair) ?? 0, this.#nowMs + this.#delayMs());
      this.#lastAtMs.set(pair, atMs);
      this.#send(to, atMs, cargo);
    }
  }

  nextNumber(): number {
    return this.#order++;
  }

  #send(to: MemoryTransport, atMs: number, cargo: Cargo): void {
    this.#parcels.push({ atMs, order: this.nextNumber(), to, connection: to.connection, cargo });
  }

  #delayMs(): number {
    const [least, most] = this.#trouble.delayMs;
    return least + this.#random() * (most - least);
  }

  #take(untilMs: number): Parcel | undefined {
    const [next] = this.#parcels
      .filter(({ atMs }) => atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    this.#parcels = this.#parcels.filter((parcel) => parcel !== next);
    return next;
  }
}

export type MemoryDevices = Pick<TransportSnapshot, 'microphoneOn' | 'cameraOn' | 'facing' | 'isReplaced'>;

export class MemoryTransport implements VisitTransport {
  readonly number: number;
  readonly #room: MemoryRoom;
  readonly #participantId: string;
  readonly #changed = new Set<() => void>();
  readonly #messages = new Set<(message: TransportMessage) => void>();
  readonly #stills = new Set<(still: TransportStill) => void>();
  #state: TransportSnapshot['state'] = 'connected';
  #snapshot: TransportSnapshot | null = null;
  protected devices: MemoryDevices = { microphoneOn: false, cameraOn: false, facing: 'user', isReplaced: false };
  /** Counts connections: what was under way to an earlier one is lost. */
  connection = 0;

  constructor(room: MemoryRoom, participantId: string) {
    this.#room = room;
    this.#participantId = participantId;
    this.number = room.nextNumber();
  }

  snapshot = (): TransportSnapshot => {
    this.#snapshot ??= {
      state: this.#state,
      peers: this.isConnected() ? this.#room.connectedBeside(this).map((end) => end.#participantId) : [],
      peerCameras: [],
      remoteVideos: [],
      ...this.devices,
      canPlayAudio: true,
      quality: { own: 'unknown', peer: 'unknown' },
    };
    return this.#snapshot;
  };

  subscribe = (listener: () => void) => listen(this.#changed, listener);
  onMessage = (listener: (message: TransportMessage) => void) => listen(this.#messages, listener);
  onStill = (listener: (still: TransportStill) => void) => listen(this.#stills, listener);

  sendInk(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.isConnected()) this.#room.scatter(this, this.#pack('ink', bytes));
  }

  async sendOperation(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#hand(this.#pack('operation', bytes));
  }

  async sendControl(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#hand(this.#pack('control', bytes));
  }

  async sendStill(stillId: string, blob: Blob): Promise<void> {
    this.#hand({ still: { stillId, participantId: this.#participantId, blob } });
  }

  async disconnect(): Promise<void> {
    this.#turn('down');
    this.#room.leave(this);
  }

  /** Reconnecting: nothing goes out or comes in, and what was under way is lost. */
  lose(): void {
    this.#turn('reconnecting');
  }

  regain(): void {
    if (this.#state === 'reconnecting') this.#turn('connected');
  }

  isConnected(): boolean {
    return this.#state === 'connected';
  }

  deliver(cargo: Cargo): void {
    if ('still' in cargo) for (const listener of this.#stills) listener(cargo.still);
    else for (const listener of this.#messages) listener(cargo.message);
  }

  update(): void {
    this.#snapshot = null;
    for (const listener of this.#changed) listener();
  }

  #turn(state: TransportSnapshot['state']): void {
    if (state !== 'connected') this.connection += 1;
    this.#state = state;
    this.#snapshot = null;
    this.#room.changed();
  }

  #hand(cargo: Cargo): void {
    if (!this.isConnected()) throw new Error(`the line is ${this.#state}`);
    this.#room.hand(this, cargo);
  }

  #pack(channel: TransportMessage['channel'], bytes: Uint8Array): Cargo {
    return { message: { channel, participantId: this.#participantId, bytes: bytes.slice() } };
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
