import { Observable } from '#client/api/observable';
import {
  decodeInk,
  dropInk,
  emptyInk,
  encodeInk,
  expireInk,
  type Ink,
  type InkMessage,
  inkReducer,
} from '#domain/annotation/ink';
import type { Mark } from '#domain/annotation/mark';
import type { Author, AuthorRole, Operation, OperationEnvelope } from '#domain/annotation/operation';
import { REMOVED_MARKS_MAX } from '#domain/annotation/operation';
import { mayDraw, mayOperate } from '#domain/annotation/rights';
import {
  type AnnotationState,
  applyOperation,
  applyOperations,
  emptyAnnotations,
  nextLamport,
} from '#domain/annotation/state';
import { decodeOperation, encodeOperation, settleOperation } from '#domain/annotation/wire';

export type StoredOperation = { revision: number; author: Author; envelope: OperationEnvelope };

/** What a board needs of the way to the other people who draw. */
interface PeerChannel {
  snapshot(): { state: string };
  subscribe(listener: () => void): () => void;
  /** `participantId` is the sender as the channel proves it, never as the message claims it. */
  onMessage(listener: (message: { channel: string; participantId: string; bytes: Uint8Array }) => void): () => void;
  sendInk(bytes: Uint8Array<ArrayBuffer>): void;
  sendOperation(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

type BoardDependencies = {
  me: Author;
  /** The roster: which role a participant has. Undefined = not admitted, so nothing of theirs counts. */
  roleOf(participantId: string): AuthorRole | undefined;
  /** Resolves when it is durably on this device; it is sent when the server can be reached. */
  save(envelope: OperationEnvelope): Promise<void>;
  since(revision: number): Promise<{ operations: StoredOperation[]; revision: number; complete: boolean }>;
  now(): number;
  newId(): string;
};

export type BoardSnapshot = {
  annotations: AnnotationState;
  ink: Ink;
  /** When each live mark arrived here. A mark that was read from the server was never live on this page. */
  receivedAtMs: ReadonlyMap<string, number>;
  unsavedOpIds: ReadonlySet<string>;
  /** Drawn here and not taken by the server: nobody else will see them. */
  refusedOpIds: ReadonlySet<string>;
  /** Messages that were dropped: malformed, too large, or from someone who may not send them. */
  dropped: number;
  loaded: boolean;
};

/** The drawing engine: operations and ink of this page and its peers, over the stored operations. */
export class DrawingBoard {
  readonly #deps: BoardDependencies;
  readonly #state = new Observable<BoardSnapshot>({
    annotations: emptyAnnotations,
    ink: emptyInk,
    receivedAtMs: new Map(),
    unsavedOpIds: new Set(),
    refusedOpIds: new Set(),
    dropped: 0,
    loaded: false,
  });
  #peers: PeerChannel | null = null;
  #unlisten: () => void = () => undefined;
  #revision = 0;
  #reading: Promise<void> | null = null;
  #asked = 0;

  constructor(deps: BoardDependencies) {
    this.#deps = deps;
  }

  snapshot = this.#state.snapshot;
  subscribe = this.#state.subscribe;

  /** Draws with these peers in place of those before; null = alone. */
  connect(peers: PeerChannel | null): void {
    this.#unlisten();
    this.#peers = peers;
    this.#unlisten = peers ? this.#listenTo(peers) : () => undefined;
    void this.catchUp();
  }

  #listenTo(peers: PeerChannel): () => void {
    const unlisten = peers.onMessage(({ channel, participantId, bytes }) => {
      if (channel === 'operation') this.#receiveOperation(participantId, bytes);
      if (channel === 'ink') this.#receiveInk(participantId, bytes);
    });
    let held = peers.snapshot().state === 'connected';
    // What peers drew while this page was not connected is stored only.
    const unsubscribe = peers.subscribe(() => {
      const holds = peers.snapshot().state === 'connected';
      if (holds && !held) void this.catchUp();
      held = holds;
    });
    return () => {
      unlisten();
      unsubscribe();
    };
  }

  /** Reads what is stored and not here yet: no channel is trusted to have carried everything. */
  catchUp(): Promise<void> {
    this.#asked += 1;
    this.#reading ??= this.#readOn();
    return this.#reading;
  }

  /** Goes on until nobody asked during the last read: its answer may be older than the event that made them ask. */
  async #readOn(): Promise<void> {
    for (;;) {
      const asked = this.#asked;
      const page = await this.#deps.since(this.#revision).catch(() => null);
      if (page) {
        this.#revision = Math.max(this.#revision, page.revision);
        this.#update({ annotations: applyOperations(this.snapshot().annotations, page.operations), loaded: true });
      }
      if (asked === this.#asked && page?.complete !== false) break;
    }
    this.#reading = null;
  }

  commit(mark: Mark): void {
    this.#operate({ kind: 'commit', mark });
  }

  remove(markIds: readonly string[]): void {
    for (let from = 0; from < markIds.length; from += REMOVED_MARKS_MAX)
      this.#operate({ kind: 'remove', markIds: markIds.slice(from, from + REMOVED_MARKS_MAX) });
  }

  /** What both sides see: a still, or (null) the camera of one of them. */
  setStage(stillId: string | null, shows: 'patient' | 'clinician' = 'patient'): void {
    this.#operate({ kind: 'stage', stillId, shows });
  }

  sendInk(message: InkMessage): void {
    this.#peers?.sendInk(encodeInk(message));
  }

  markSaved(opId: string): void {
    const unsavedOpIds = new Set(this.snapshot().unsavedOpIds);
    const refusedOpIds = new Set(this.snapshot().refusedOpIds);
    const isOurs = unsavedOpIds.delete(opId);
    // One that was refused may have been tried again.
    if (refusedOpIds.delete(opId) || isOurs) this.#update({ unsavedOpIds, refusedOpIds });
  }

  /** The queue gave it up: it is on its way no more, and stands in what was not sent. */
  markRefused(opId: string): void {
    if (!this.snapshot().unsavedOpIds.has(opId)) return;
    this.markSaved(opId);
    this.#update({ refusedOpIds: new Set([...this.snapshot().refusedOpIds, opId]) });
  }

  /** Removes ink that fell silent; called with each painted frame while there is any. */
  tick(nowMs: number): void {
    const ink = expireInk(this.snapshot().ink, nowMs);
    if (ink !== this.snapshot().ink) this.#update({ ink });
  }

  #operate(op: Operation): void {
    const { me, now, newId, save } = this.#deps;
    if (!mayOperate(me.role, op)) return;
    const envelope = settleOperation({
      v: 1,
      opId: newId(),
      lamport: nextLamport(this.snapshot().annotations),
      tMs: now(),
      op,
    });
    this.#apply(me, envelope);
    this.#update({ unsavedOpIds: new Set([...this.snapshot().unsavedOpIds, envelope.opId]) });
    this.#peers?.sendOperation(encodeOperation(envelope)).catch(() => undefined);
    // One that this device cannot keep stays in `unsavedOpIds`, and is tried again while the page is open.
    save(envelope).catch(() => undefined);
  }

  #receiveOperation(participantId: string, bytes: Uint8Array): void {
    const role = this.#deps.roleOf(participantId);
    const decoded = decodeOperation(bytes);
    if (!decoded.ok || !role || !mayOperate(role, decoded.envelope.op)) this.#drop();
    else this.#apply({ authorId: participantId, role }, decoded.envelope);
  }

  #receiveInk(participantId: string, bytes: Uint8Array): void {
    const role = this.#deps.roleOf(participantId);
    const decoded = decodeInk(bytes);
    if (!decoded.ok || !role || !mayDraw(role)) this.#drop();
    else this.#update({ ink: inkReducer(this.snapshot().ink, participantId, decoded.message, this.#deps.now()) });
  }

  #apply(author: Author, envelope: OperationEnvelope): void {
    const { op } = envelope;
    const ended = op.kind === 'commit' ? [op.mark.markId] : op.kind === 'remove' ? op.markIds : [];
    const annotations = applyOperation(this.snapshot().annotations, author, envelope);
    const receivedAtMs = new Map(this.snapshot().receivedAtMs);
    if (op.kind === 'commit' && op.mark.anchor.kind === 'live' && !receivedAtMs.has(op.mark.markId)) {
      // An operation whose mark id another holds must not show that other mark as live.
      const holder = annotations.commits.get(op.mark.markId);
      if (holder?.opId === envelope.opId && holder.author.authorId === author.authorId)
        receivedAtMs.set(op.mark.markId, this.#deps.now());
    }
    this.#update({ annotations, ink: dropInk(this.snapshot().ink, ended), receivedAtMs });
  }

  #drop(): void {
    this.#update({ dropped: this.snapshot().dropped + 1 });
  }

  #update(change: Partial<BoardSnapshot>): void {
    this.#state.set({ ...this.snapshot(), ...change });
  }
}
