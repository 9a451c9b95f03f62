import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineTrouble, MemoryRoom } from '#client/visit/memory-transport';
import { inkExtends, inkPoints } from '#domain/annotation/ink';
import type { Mark } from '#domain/annotation/mark';
import type { Author, AuthorRole, OperationEnvelope } from '#domain/annotation/operation';
import { stageMarks, visibleMarks } from '#domain/annotation/state';
import { encodeOperation } from '#domain/annotation/wire';
import { DrawingBoard, type StoredOperation } from './board';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [A, B, C, STILL] = [id(1), id(2), id(3), id(20)];
const anna: Author = { authorId: 'anna', role: 'clinician' };
const ada: Author = { authorId: 'ada', role: 'patient' };
const stroke = (count: number) => Array.from({ length: count }, (_, n) => ({ x: n / 65_535, y: 0 }));
const mark = (markId: string, change: Partial<Extract<Mark, { kind: 'point' }>> = {}): Mark => ({
  kind: 'point',
  markId,
  anchor: { kind: 'live' },
  aspect: 1,
  side: 'right',
  point: { x: 0.3, y: 0.7 },
  ...change,
});

/** The visit's record: each operation once, under the next revision. `pageSize` as the server's snapshots. */
class VisitRecord {
  readonly operations: StoredOperation[] = [];
  up = true;
  pageSize = 100;
  reads = 0;

  append(author: Author, envelope: OperationEnvelope): void {
    if (this.operations.some((stored) => stored.envelope.opId === envelope.opId)) return;
    this.operations.push({ revision: this.operations.length + 1, author, envelope });
  }

  async since(revision: number) {
    this.reads += 1;
    if (!this.up) throw new Error('the app is down');
    const operations = this.operations.slice(revision, revision + this.pageSize);
    return {
      operations,
      revision: operations.at(-1)?.revision ?? revision,
      complete: operations.length < this.pageSize,
    };
  }
}

/** A visit in memory: a line with trouble, stored operations, and for each person a board with a queue. */
function visit(trouble: Partial<LineTrouble> = {}) {
  const room = new MemoryRoom(trouble);
  const record = new VisitRecord();
  const roster = new Map<string, AuthorRole>([
    ['anna', 'clinician'],
    ['ada', 'patient'],
    ['eve', 'observer'],
  ]);
  let ids = 100;
  const sides: { flush(): void; board: DrawingBoard }[] = [];
  function join(me: Author) {
    const waiting: OperationEnvelope[] = [];
    const board = new DrawingBoard({
      me,
      roleOf: (participantId) => roster.get(participantId),
      async save(envelope) {
        waiting.push(envelope);
        if (record.up) flush();
        else await new Promise(() => undefined);
      },
      since: (revision) => record.since(revision),
      now: room.now,
      newId: () => id(ids++),
    });
    function flush() {
      for (const envelope of waiting.splice(0)) {
        record.append(me, envelope);
        board.markSaved(envelope.opId);
      }
    }
    const line = room.join(me.authorId);
    board.connect(line);
    const side = { board, line, flush };
    sides.push(side);
    return side;
  }
  /** The app is back: every queue is sent, and the page's live events make both sides read. */
  async function appBack() {
    record.up = true;
    for (const { flush } of sides) flush();
    await Promise.all(sides.map(({ board }) => board.catchUp()));
  }
  return { room, record, roster, join, appBack };
}
const annaAndAda = (trouble: Partial<LineTrouble> = {}) => {
  const both = visit(trouble);
  return { ...both, clinician: both.join(anna), patient: both.join(ada) };
};
const read = () => new Promise<void>((resolve) => setImmediate(resolve));
const marksOf = ({ board }: { board: DrawingBoard }) => visibleMarks(board.snapshot().annotations);
const idsOf = (side: { board: DrawingBoard }) => marksOf(side).map((entry) => entry.mark.markId);
/** What the live picture shows now. */
const liveOf = ({ board }: { board: DrawingBoard }, nowMs: number) =>
  stageMarks(board.snapshot().annotations, {
    stillId: null,
    nowMs,
    receivedAtMs: (markId) => board.snapshot().receivedAtMs.get(markId) ?? null,
  }).map((entry) => entry.mark.markId);
const inkOf = ({ board }: { board: DrawingBoard }, authorId: string, markId = A) => {
  const found = board.snapshot().ink.authors.get(authorId)?.strokes.get(markId);
  return found ? inkPoints(found) : null;
};
const beginInk = ({ board }: { board: DrawingBoard }, markId = A) =>
  board.sendInk({
    type: 'begin',
    markId,
    kind: 'pen',
    anchor: { kind: 'live' },
    aspect: 1,
    point: { x: 0, y: 0 },
  });

describe('both sides draw at once', () => {
  it('and see the same, in the same order', () => {
    const { room, clinician, patient } = annaAndAda({ delayMs: [20, 80] });
    clinician.board.commit(mark(A));
    patient.board.commit(mark(B, { side: null }));
    expect([idsOf(clinician), idsOf(patient)]).toEqual([[A], [B]]);
    room.advance(100);
    expect(idsOf(patient)).toEqual([B, A]);
    expect(marksOf(clinician)).toEqual(marksOf(patient));
    expect(marksOf(patient)[1]).toMatchObject({ author: anna, mark: { point: { x: expect.closeTo(0.3, 4) } } });
  });

  it('as the picture moves on: marks fade on each side 4 s after they came', () => {
    const { room, clinician, patient } = annaAndAda({ delayMs: [500, 500] });
    clinician.board.commit(mark(A));
    room.advance(500);
    expect(liveOf(clinician, 3999)).toEqual([A]);
    expect(liveOf(clinician, 4000)).toEqual([]);
    expect(liveOf(patient, 4499)).toEqual([A]);
    expect(liveOf(patient, 4500)).toEqual([]);
  });

  it('and a mark that comes again does not live longer', () => {
    const { room, record, clinician, patient } = annaAndAda();
    clinician.board.commit(mark(A));
    room.advance(3000);
    const [stored] = record.operations;
    if (stored) void clinician.line.sendOperation(encodeOperation(stored.envelope));
    room.advance(1000);
    expect(liveOf(patient, room.now())).toEqual([]);
    expect(patient.board.snapshot().dropped).toBe(0);
  });

  it('and remove: clinicians any mark, patients their own', () => {
    const { room, clinician, patient } = annaAndAda();
    clinician.board.commit(mark(A));
    patient.board.commit(mark(B));
    room.advance(0);
    patient.board.remove([A, B]);
    room.advance(0);
    expect([idsOf(clinician), idsOf(patient)]).toEqual([[A], [A]]);
    clinician.board.remove([A]);
    room.advance(0);
    expect([idsOf(clinician), idsOf(patient)]).toEqual([[], []]);
  });

  it('but the stage is the clinician’s', () => {
    const { room, record, clinician, patient } = annaAndAda();
    patient.board.setStage(STILL);
    room.advance(0);
    expect(record.operations).toEqual([]);
    clinician.board.setStage(STILL);
    room.advance(0);
    expect(patient.board.snapshot().annotations.stage?.stillId).toBe(STILL);
    clinician.board.setStage(null);
    room.advance(0);
    expect(patient.board.snapshot().annotations.stage?.stillId).toBeNull();
  });

  it('and nothing is sent for a remove of nothing', () => {
    const { record, clinician } = annaAndAda();
    clinician.board.remove([]);
    expect(record.operations).toEqual([]);
  });

  it('and a mark no peer would accept is refused to its author', () => {
    const { record, clinician } = annaAndAda();
    expect(() => clinician.board.commit(mark(A, { point: { x: 2, y: 0 } }))).toThrow(RangeError);
    expect(record.operations).toEqual([]);
    expect(clinician.board.snapshot().unsavedOpIds.size).toBe(0);
  });
});

describe('ink under way', () => {
  it('is seen while it is drawn, and goes when the mark comes', () => {
    const { room, clinician, patient } = annaAndAda();
    beginInk(clinician);
    for (const message of inkExtends(A, stroke(9), 1)) clinician.board.sendInk(message);
    room.advance(0);
    expect(inkOf(patient, 'anna')).toEqual(stroke(9));
    clinician.board.commit(mark(A));
    room.advance(0);
    expect(inkOf(patient, 'anna')).toBeNull();
    expect(idsOf(patient)).toEqual([A]);
    beginInk(clinician);
    room.advance(0);
    expect(inkOf(patient, 'anna')).toBeNull();
  });

  it('goes when the mark is removed before it came', () => {
    const { room, clinician, patient } = annaAndAda();
    beginInk(clinician);
    beginInk(clinician, B);
    room.advance(0);
    clinician.board.remove([A]);
    room.advance(0);
    expect(inkOf(patient, 'anna')).toBeNull();
    expect(inkOf(patient, 'anna', B)).not.toBeNull();
  });

  it('goes after 1.5 s of silence', () => {
    const { room, clinician, patient } = annaAndAda();
    beginInk(clinician);
    room.advance(1499);
    patient.board.tick(room.now());
    expect(inkOf(patient, 'anna')).not.toBeNull();
    room.advance(1);
    patient.board.tick(room.now());
    expect(inkOf(patient, 'anna')).toBeNull();
  });

  it('heals over a line that loses, repeats and reorders', () => {
    const seeds = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(seeds, (seed) => {
        const { room, clinician, patient } = annaAndAda({ seed, loss: 0.3, repetition: 0.2, delayMs: [10, 150] });
        for (let n = 1; n <= 40; n++) {
          if (n % 10 === 1) beginInk(clinician);
          for (const message of inkExtends(A, stroke(n), n - 1)) clinician.board.sendInk(message);
          room.advance(33);
        }
        // The begin and the last points again, as long as it takes to hear each once.
        for (let again = 0; again < 20; again++) {
          beginInk(clinician);
          for (const message of inkExtends(A, stroke(40), 1)) clinician.board.sendInk(message);
          room.advance(33);
        }
        room.advance(150);
        expect(inkOf(patient, 'anna')).toEqual(stroke(40));
      }),
      { numRuns: 40, examples: [[246276]] },
    );
  });
});

describe('the record', () => {
  it('restores the stage for a late joiner, and replays nothing', async () => {
    const { room, record, join } = visit();
    const clinician = join(anna);
    record.pageSize = 2;
    for (const markId of [A, B, C]) clinician.board.commit(mark(markId, { anchor: { kind: 'still', stillId: STILL } }));
    clinician.board.setStage(STILL);
    clinician.board.commit(mark(id(4)));
    const late = join(ada);
    expect(late.board.snapshot().loaded).toBe(false);
    await late.board.catchUp();
    expect(late.board.snapshot().loaded).toBe(true);
    expect(late.board.snapshot().annotations).toEqual(clinician.board.snapshot().annotations);
    expect(liveOf(late, room.now())).toEqual([]);
    expect(liveOf(clinician, room.now())).toEqual([id(4)]);
  });

  it('is read on from the last revision', async () => {
    const { record, clinician, patient } = annaAndAda();
    await patient.board.catchUp();
    clinician.board.commit(mark(A));
    record.reads = 0;
    const seen: number[] = [];
    const since = record.since.bind(record);
    record.since = (revision) => {
      seen.push(revision);
      return since(revision);
    };
    await patient.board.catchUp();
    await patient.board.catchUp();
    expect(seen).toEqual([0, 1]);
  });

  it('is read again when it grew while it was being read', async () => {
    const { record, patient } = annaAndAda();
    await patient.board.catchUp();
    const reading = patient.board.catchUp();
    // Stored after the server looked and before its answer came; the live event comes meanwhile.
    record.append(anna, { v: 1, opId: id(90), lamport: 1, tMs: 0, op: { kind: 'commit', mark: mark(A) } });
    void patient.board.catchUp();
    await reading;
    expect(idsOf(patient)).toEqual([A]);
  });

  it.each([
    ['another author', 'ada', id(91)],
    ['another author under the same operation', 'ada', id(100)],
    ['the author under another operation', 'anna', id(91)],
  ])('brings no faded mark to life when its id is claimed by %s', async (_, sender, opId) => {
    const { room, join } = visit();
    join(anna).board.commit(mark(A));
    const late = join(ada);
    await late.board.catchUp();
    expect(marksOf(late)[0]?.opId).toBe(id(100));
    const claim = { v: 1 as const, opId, lamport: 9, tMs: 0, op: { kind: 'commit' as const, mark: mark(A) } };
    void room.join(sender).sendOperation(encodeOperation(claim));
    room.advance(0);
    expect(late.board.snapshot()).toMatchObject({ dropped: 0, receivedAtMs: new Map() });
    expect(liveOf(late, room.now())).toEqual([]);
  });
});

describe('with the app down', () => {
  it('the peer still sees ink and marks, and the author sees what is not saved', async () => {
    const { room, record, clinician, patient, appBack } = annaAndAda();
    await read();
    record.up = false;
    beginInk(clinician);
    room.advance(0);
    expect(inkOf(patient, 'anna')).not.toBeNull();
    clinician.board.commit(mark(A));
    clinician.board.commit(mark(B));
    room.advance(0);
    expect(idsOf(patient)).toEqual([A, B]);
    expect(record.operations).toEqual([]);
    expect(clinician.board.snapshot().unsavedOpIds.size).toBe(2);
    expect(patient.board.snapshot().unsavedOpIds.size).toBe(0);
    await appBack();
    expect(clinician.board.snapshot().unsavedOpIds.size).toBe(0);
    expect(record.operations.map(({ envelope }) => envelope.op.kind)).toEqual(['commit', 'commit']);
  });

  it('one saved operation takes itself off the list, no other', () => {
    const { record, clinician } = annaAndAda();
    record.up = false;
    clinician.board.commit(mark(A));
    clinician.board.commit(mark(B));
    const [first, second] = [...clinician.board.snapshot().unsavedOpIds];
    clinician.board.markSaved(first ?? '');
    clinician.board.markSaved(id(999));
    expect([...clinician.board.snapshot().unsavedOpIds]).toEqual([second]);
  });

  it('an operation that can be neither kept nor sent stays shown as unsaved, and is no stray error', async () => {
    const stray: unknown[] = [];
    const note = (error: unknown) => stray.push(error);
    process.on('unhandledRejection', note);
    const room = new MemoryRoom();
    const board = new DrawingBoard({
      me: anna,
      roleOf: () => undefined,
      save: () => Promise.reject(new Error('no storage')),
      since: () => Promise.reject(new Error('down')),
      now: room.now,
      newId: () => id(5),
    });
    const line = room.join('anna');
    board.connect(line);
    line.lose();
    board.commit(mark(A));
    await read();
    process.off('unhandledRejection', note);
    expect(stray).toEqual([]);
    expect([...board.snapshot().unsavedOpIds]).toEqual([id(5)]);
    expect(idsOf({ board })).toEqual([A]);
  });

  it('a read that fails leaves everything, and the next one goes on', async () => {
    const { record, clinician, patient } = annaAndAda();
    await read();
    clinician.board.commit(mark(A));
    record.up = false;
    await patient.board.catchUp();
    expect(idsOf(patient)).toEqual([]);
    record.up = true;
    await patient.board.catchUp();
    expect(idsOf(patient)).toEqual([A]);
  });
});

describe('after a broken line', () => {
  it('the same line holds again: both sides read what they missed', async () => {
    const { room, record, clinician, patient } = annaAndAda({ delayMs: [40, 40] });
    await read();
    clinician.board.commit(mark(A));
    patient.line.lose();
    room.advance(100);
    clinician.board.commit(mark(B));
    patient.board.commit(mark(C));
    room.advance(100);
    expect(idsOf(patient)).toEqual([C]);
    patient.line.regain();
    await read();
    expect(idsOf(patient).sort()).toEqual([A, B, C]);
    await clinician.board.catchUp();
    expect(clinician.board.snapshot().annotations).toEqual(patient.board.snapshot().annotations);
    expect(record.operations).toHaveLength(3);
  });

  it('a new line takes the place of the old one', async () => {
    const { room, clinician, patient } = annaAndAda();
    const old = patient.line;
    await old.disconnect();
    patient.board.connect(null);
    clinician.board.commit(mark(A));
    const line = room.join('ada');
    patient.board.connect(line);
    await read();
    expect(idsOf(patient)).toEqual([A]);
    clinician.board.commit(mark(B));
    room.advance(0);
    expect(idsOf(patient)).toEqual([A, B]);
    patient.board.commit(mark(C));
    room.advance(0);
    expect(idsOf(clinician)).toEqual([A, B, C]);
  });

  it('a line that was let go is heard no more, nor is its state', async () => {
    const { room, record, clinician, patient } = annaAndAda();
    await read();
    patient.board.connect(null);
    await read();
    record.reads = 0;
    clinician.board.commit(mark(A));
    room.advance(0);
    expect(idsOf(patient)).toEqual([]);
    patient.line.lose();
    patient.line.regain();
    await read();
    expect(record.reads).toBe(0);
  });

  it('both sides agree with the record, whatever happened', async () => {
    const step = fc.record({
      who: fc.constantFrom('clinician' as const, 'patient' as const),
      what: fc.constantFrom('commit', 'remove', 'still', 'lose', 'regain', 'down', 'up', 'wait', 'read'),
      n: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.array(step, { maxLength: 40 }), async (seed, steps) => {
        const { room, record, clinician, patient, appBack } = annaAndAda({ seed, delayMs: [0, 200] });
        const sides = { clinician, patient };
        for (const { who, what, n } of steps) {
          const { board, line } = sides[who];
          if (what === 'commit') board.commit(mark(id(n)));
          if (what === 'remove') board.remove([id(n), id(n + 1)]);
          if (what === 'still') board.setStage(n > 3 ? id(n) : null);
          if (what === 'lose') line.lose();
          if (what === 'regain') line.regain();
          if (what === 'down') record.up = false;
          if (what === 'up') await appBack();
          if (what === 'wait') room.advance(n * 50);
          if (what === 'read') await board.catchUp();
        }
        clinician.line.regain();
        patient.line.regain();
        room.advance(1000);
        await appBack();
        const alone = visit();
        for (const { author, envelope } of record.operations) alone.record.append(author, envelope);
        const reader = alone.join({ authorId: 'eve', role: 'observer' });
        await reader.board.catchUp();
        expect(clinician.board.snapshot().annotations).toEqual(reader.board.snapshot().annotations);
        expect(patient.board.snapshot().annotations).toEqual(reader.board.snapshot().annotations);
        expect(clinician.board.snapshot().unsavedOpIds.size + patient.board.snapshot().unsavedOpIds.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});

it('tells its listeners of every change until they stop', () => {
  const { room, clinician, patient } = annaAndAda();
  let told = 0;
  const stop = patient.board.subscribe(() => {
    told += 1;
  });
  clinician.board.commit(mark(A));
  room.advance(0);
  expect(told).toBe(1);
  const before = patient.board.snapshot();
  patient.board.tick(room.now());
  expect(patient.board.snapshot()).toBe(before);
  stop();
  clinician.board.commit(mark(B));
  room.advance(0);
  expect(told).toBe(1);
});
