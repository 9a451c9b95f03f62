import { Observable } from '#client/api/observable';
import type { AuthorRole } from '#domain/annotation/operation';
import { decodeControl, encodeControl, KEPT_MARKS_MAX, mayControl } from '#domain/visit/control';
import type { TransportStill, VisitTransport } from './transport';

/** Without an answer of the patient's device in this time the clinician's received frame is used. */
export const ANSWER_WITHIN_MS = 3000;
/** Asked again until then: the device may still be connecting, or its camera starting. */
export const ASK_AGAIN_MS = 700;

type StillSource = 'patient_device' | 'received_frame';
export type Still = { stillId: string; blob: Blob; source: StillSource; capturedAt: number };

type StillDependencies = {
  role: AuthorRole;
  roleOf(participantId: string): AuthorRole | undefined;
  /** Grabs a frame: of the own camera on the patient's device, of the received picture at the clinician's. */
  grab(): Promise<Blob | null>;
  /** For the record; false where it could be kept nowhere. */
  keep(still: Still): Promise<boolean>;
  /** Puts the own ones of these live marks onto a still. */
  keepMarks(stillId: string, markIds: readonly string[]): void;
  now(): number;
  newId(): string;
};

type StillsSnapshot = {
  /** Pictures that this page has itself, by still id. Others come from the server. */
  pictures: ReadonlyMap<string, Still>;
  freezing: boolean;
  /** Pictures of this page that no record will have. */
  unkept: ReadonlySet<string>;
};

/** Freezing: the patient's own device takes the picture, at full size, and both sides draw on the same one. */
export class VisitStills {
  readonly #deps: StillDependencies;
  readonly #state = new Observable<StillsSnapshot>({ pictures: new Map(), freezing: false, unkept: new Set() });
  readonly #expected = new Map<string, (still: Still) => void>();
  readonly #answering = new Set<string>();
  #transport: VisitTransport | null = null;
  #unlisten: () => void = () => undefined;

  constructor(deps: StillDependencies) {
    this.#deps = deps;
  }

  snapshot = this.#state.snapshot;
  subscribe = this.#state.subscribe;

  connect(transport: VisitTransport | null): void {
    this.#unlisten();
    this.#transport = transport;
    if (!transport) return;
    const unlisten = [
      transport.onMessage(({ channel, participantId, bytes }) => {
        if (channel === 'control') this.#receive(participantId, bytes);
      }),
      transport.onStill((still) => this.#arrive(still)),
    ];
    this.#unlisten = () => {
      for (const end of unlisten) end();
    };
  }

  /** Null = neither the patient's device nor this screen had a picture. `keeps` are live marks that go onto it. */
  async freeze(keeps: readonly string[] = []): Promise<string | null> {
    if (this.snapshot().freezing) return null;
    this.#update({ freezing: true });
    try {
      const stillId = (await this.#fromPatient(keeps)) ?? (await this.#fromScreen());
      if (stillId) this.#deps.keepMarks(stillId, keeps);
      return stillId;
    } finally {
      this.#update({ freezing: false });
    }
  }

  async #fromPatient(keeps: readonly string[]): Promise<string | null> {
    const stillId = this.#deps.newId();
    const message = encodeControl({ v: 1, kind: 'freeze', stillId, keeps: keeps.slice(-KEPT_MARKS_MAX) });
    const ask = () => this.#transport?.sendControl(message) ?? Promise.reject(new Error('no line'));
    const arrived = new Promise<Still | null>((resolve) => {
      this.#expected.set(stillId, resolve);
      setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
    });
    const again = setInterval(() => void ask().catch(() => undefined), ASK_AGAIN_MS);
    try {
      await ask();
      return (await arrived)?.stillId ?? null;
    } catch {
      return null;
    } finally {
      clearInterval(again);
      this.#expected.delete(stillId);
    }
  }

  async #fromScreen(): Promise<string | null> {
    const still = await this.#take(this.#deps.newId(), 'received_frame');
    return still?.stillId ?? null;
  }

  async #take(stillId: string, source: StillSource): Promise<Still | null> {
    const capturedAt = this.#deps.now();
    const blob = await this.#deps.grab().catch(() => null);
    if (!blob) return null;
    const still = { stillId, blob, source, capturedAt };
    this.#add(still);
    void this.#keep(still);
    this.#transport?.sendStill(stillId, blob).catch(() => undefined);
    return still;
  }

  async #keep(still: Still): Promise<void> {
    const isKept = await this.#deps.keep(still).catch(() => false);
    if (!isKept) this.#update({ unkept: new Set([...this.snapshot().unkept, still.stillId]) });
  }

  #receive(participantId: string, bytes: Uint8Array): void {
    const role = this.#deps.roleOf(participantId);
    const message = decodeControl(bytes);
    if (message?.kind !== 'freeze' || !role || !mayControl(role, message)) return;
    if (this.#deps.role === 'patient') void this.#answer(message.stillId, message.keeps ?? []);
  }

  /** One picture for one still id, however often it is asked for; a camera that shows nothing yet is asked again. */
  async #answer(stillId: string, keeps: readonly string[]): Promise<void> {
    if (this.#answering.has(stillId)) return;
    this.#answering.add(stillId);
    if (await this.#take(stillId, 'patient_device')) this.#deps.keepMarks(stillId, keeps);
    else this.#answering.delete(stillId);
  }

  /** The sender's role says how the picture was made. A picture that is here is not replaced. */
  #arrive({ stillId, participantId, blob }: TransportStill): void {
    const role = this.#deps.roleOf(participantId);
    if (role !== 'patient' && role !== 'clinician') return;
    if (this.snapshot().pictures.has(stillId)) return;
    const source = role === 'patient' ? 'patient_device' : 'received_frame';
    const still: Still = { stillId, blob, source, capturedAt: this.#deps.now() };
    this.#add(still);
    this.#expected.get(stillId)?.(still);
  }

  #add(still: Still): void {
    this.#update({ pictures: new Map([...this.snapshot().pictures, [still.stillId, still]]) });
  }

  #update(change: Partial<StillsSnapshot>): void {
    this.#state.set({ ...this.snapshot(), ...change });
  }
}
