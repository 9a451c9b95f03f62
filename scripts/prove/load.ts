import { createHash, randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Acknowledged } from '../../db/factories/kept';
import { logFromPrescription } from '../../domain/practice/log';
import type { Doors } from '../../e2e/doors';

const RETRY_MS = 50;
/** People pause too; without it the machine has nothing left for whatever runs beside the proof. */
const PAUSE_MS = 10;
const CLIP_BYTES = 120_000;
const PIECE_BYTES = 30_000;

type Prescription = Parameters<typeof logFromPrescription>[0]['prescription'];

/** Who writes, and on what. */
export type Cast = { patient: Doors; clinician: Doors; prescription: Prescription; visitId: string };

type Answer = { status: number; text: string; headers: Headers };
type Failed = { kind: string; status: number; text: string };

/**
 * People who write without end, as the app's own outbox does: what was not answered is sent again as it was, and what was
 * answered with yes is remembered. An answer that is neither yes nor "later" is a fault.
 */
export class Load {
  readonly acknowledged = {
    logs: new Map<string, number>(),
    strokes: new Map<string, number>(),
    checkIns: new Set<string>(),
    clips: new Map<string, string>(),
  } satisfies Acknowledged;
  readonly faults: Failed[] = [];
  /** Pieces of uploads that were acknowledged and were not there afterwards. */
  lostPieces = 0;
  /** Uploads that were refused for want of room. */
  withoutRoom = 0;
  /** Requests that were cut off or told to come later. */
  repeated = 0;
  #isOver = false;
  readonly #cast: Cast;
  readonly #running: Promise<unknown>[];

  readonly #hasRoom: boolean;

  /** `hasRoom`: false on a disk where uploads must be refused, and nothing else. */
  constructor(cast: Cast, { hasRoom = true } = {}) {
    this.#cast = cast;
    this.#hasRoom = hasRoom;
    const writers = [() => this.#log(), () => this.#log(), () => this.#stroke(), () => this.#checkIn()];
    this.#running = writers.map(async (write) => {
      while (!this.#isOver) {
        await write();
        await sleep(PAUSE_MS);
      }
    });
  }

  get count(): number {
    const { logs, strokes, checkIns, clips } = this.acknowledged;
    return logs.size + strokes.size + checkIns.size + clips.size;
  }

  /** Ends when what is under way is answered: the app must run. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  /** Sends until there is an answer; null where it is a refusal. */
  async #send(kind: string, ask: () => Promise<Answer>): Promise<Answer | null> {
    for (;;) {
      const answer = await ask().catch(() => null);
      if (answer && answer.status < 300) return answer;
      if (answer && answer.status < 500) {
        this.faults.push({ kind, status: answer.status, text: answer.text.slice(0, 300) });
        return null;
      }
      this.repeated++;
      await sleep(RETRY_MS);
    }
  }

  async #log(): Promise<void> {
    const { patient, prescription } = this.#cast;
    const pain = randomInt(0, 4);
    const made = { id: uuidv7(), practiceId: null, prescription, performedAt: Date.now() };
    const log = { ...logFromPrescription({ ...made, performedTimeZone: 'Europe/London', source: 'quick' }), pain };
    const input = { opId: uuidv7(), practice: null, logs: [log] };
    if (await this.#send('log', () => patient.mutate('logs.record', input))) this.acknowledged.logs.set(log.id, pain);
  }

  async #stroke(): Promise<void> {
    const { clinician, visitId } = this.#cast;
    const at = () => ({ x: randomInt(1000) / 1000, y: randomInt(1000) / 1000 });
    const points = [at(), at()];
    const mark = { kind: 'arrow', markId: uuidv7(), anchor: { kind: 'live' }, aspect: 1, side: null, points };
    const envelope = { v: 1, opId: uuidv7(), lamport: 1, tMs: Date.now(), op: { kind: 'commit', mark } };
    if (await this.#send('stroke', () => clinician.mutate('annotations.append', { visitId, envelope })))
      this.acknowledged.strokes.set(envelope.opId, envelope.tMs);
  }

  async #checkIn(): Promise<void> {
    const { patient } = this.#cast;
    const content = randomBytes(CLIP_BYTES);
    const mediaId = uuidv7();
    const sha256 = createHash('sha256').update(content).digest('hex');
    const input = {
      opId: uuidv7(),
      checkInId: uuidv7(),
      lineageId: null,
      question: 'Is my thumb in the way?',
      answers: { v: 1, pain: 2, redFlags: [] },
      clips: [{ mediaId, bytes: content.length, sha256 }],
      submittedAt: Date.now(),
    };
    if (!(await this.#send('check-in', () => patient.mutate('checkIns.submit', input)))) return;
    this.acknowledged.checkIns.add(input.checkInId);
    if (!this.#hasRoom) return await this.#findNoRoom(mediaId, content.length);
    if (!(await this.#send('create upload', () => patient.createUpload(mediaId, content.length)))) return;
    if (!(await this.#pieces(mediaId, content))) return;
    if (await this.#send('finish', () => patient.mutate('media.finish', { mediaId, sha256 })))
      this.acknowledged.clips.set(mediaId, sha256);
  }

  async #findNoRoom(mediaId: string, bytes: number): Promise<void> {
    const answer = await this.#cast.patient.createUpload(mediaId, bytes).catch(() => null);
    if (answer?.status === 507) this.withoutRoom++;
    else if (answer && answer.status < 500)
      this.faults.push({ kind: 'upload without room', status: answer.status, text: answer.text.slice(0, 300) });
  }

  /** Piece by piece; after a cut the server is asked how far it got, which is never behind what it has acknowledged. */
  async #pieces(mediaId: string, content: Buffer): Promise<boolean> {
    const { patient } = this.#cast;
    let acknowledged = 0;
    while (acknowledged < content.length) {
      const piece = content.subarray(acknowledged, acknowledged + PIECE_BYTES);
      const answer = await patient.sendUpload(mediaId, piece, acknowledged).catch(() => null);
      if (answer?.status === 204) {
        acknowledged += piece.length;
        continue;
      }
      this.repeated++;
      await sleep(RETRY_MS);
      const there = await this.#send('offset', () => patient.tus('HEAD', `/${mediaId}`));
      if (!there) return false;
      const offset = Number(there.headers.get('upload-offset'));
      if (offset < acknowledged) this.lostPieces++;
      acknowledged = offset;
    }
    return true;
  }
}
