import { describe, expect, it } from 'vitest';
import { MemoryRoom, type MemoryTransport } from '#client/visit/memory-transport';
import { encodeInk, INK_BYTES_MAX } from '#domain/annotation/ink';
import type { Mark } from '#domain/annotation/mark';
import type { Author, AuthorRole, OperationEnvelope } from '#domain/annotation/operation';
import { visibleMarks } from '#domain/annotation/state';
import { encodeOperation, OPERATION_BYTES_MAX } from '#domain/annotation/wire';
import { DrawingBoard } from './board';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [B, STILL] = [id(2), id(20)];
const common = { anchor: { kind: 'live' as const }, aspect: 1, side: 'right' as const };
const place = { x: 0, y: 0 };

/** The clinician's board, in a room with a roster and nothing stored. */
function listening() {
  const room = new MemoryRoom();
  const roster = new Map<string, AuthorRole>([
    ['ada', 'patient'],
    ['eve', 'observer'],
  ]);
  const me: Author = { authorId: 'anna', role: 'clinician' };
  const board = new DrawingBoard({
    me,
    roleOf: (participantId) => roster.get(participantId),
    save: async () => undefined,
    since: async (revision) => ({ operations: [], revision, complete: true }),
    now: room.now,
    newId: () => id(100),
  });
  board.connect(room.join('anna'));
  return { room, roster, board, marks: () => visibleMarks(board.snapshot().annotations) };
}

const envelope = (op: OperationEnvelope['op']): OperationEnvelope => ({ v: 1, opId: id(900), lamport: 9, tMs: 0, op });
const dot: Mark = { ...common, kind: 'point', markId: B, point: place };
const commitB = encodeOperation(envelope({ kind: 'commit', mark: dot }));
const measured = encodeOperation(
  envelope({
    kind: 'commit',
    mark: {
      ...common,
      kind: 'angle',
      markId: B,
      points: [place, { x: 0.5, y: 0 }, { x: 1, y: 1 }],
      measurement: {
        joint: 'pip',
        digit: 'index',
        side: 'right',
        motion: 'flexion',
        activity: 'active',
        view: 'radial',
      },
    },
  }),
);
const begin = encodeInk({ type: 'begin', markId: B, kind: 'pen', anchor: { kind: 'live' }, aspect: 1, point: place });
const text = (value: string) => new TextEncoder().encode(value);
const padded = (bytes: Uint8Array, size: number) => {
  const longer = new Uint8Array(size).fill(32);
  longer.set(bytes);
  return longer;
};
const operation = (bytes: Uint8Array<ArrayBuffer>) => (line: MemoryTransport) => void line.sendOperation(bytes);
const ink = (bytes: Uint8Array<ArrayBuffer>) => (line: MemoryTransport) => line.sendInk(bytes);

describe('what may not be', () => {
  it.each<[string, string, (line: MemoryTransport) => void]>([
    ['a mark of someone not on the roster', 'mallory', operation(commitB)],
    ['ink of someone not on the roster', 'mallory', ink(begin)],
    ['a mark of an observer', 'eve', operation(commitB)],
    ['ink of an observer', 'eve', ink(begin)],
    ['a stage set by a patient', 'ada', operation(encodeOperation(envelope({ kind: 'stage', stillId: STILL })))],
    ['a measurement of a patient', 'ada', operation(measured)],
    ['an operation that is no JSON', 'ada', operation(text('{"v":1'))],
    ['an operation that is none', 'ada', operation(text('{"v":1}'))],
    ['an operation above 15 KiB', 'ada', operation(padded(commitB, OPERATION_BYTES_MAX + 1))],
    ['ink that is no JSON', 'ada', ink(text('ink'))],
    ['ink that is none', 'ada', ink(text('{"type":"begin"}'))],
    ['ink above its size', 'ada', ink(padded(begin, INK_BYTES_MAX + 1))],
  ])('%s is dropped and counted', (_, sender, send) => {
    const { room, board } = listening();
    const before = board.snapshot();
    send(room.join(sender));
    room.advance(0);
    expect(board.snapshot()).toEqual({ ...before, dropped: 1 });
  });

  it('what may be is not dropped', () => {
    const { room, roster, board, marks } = listening();
    const line = room.join('ada');
    operation(commitB)(line);
    ink(begin)(line);
    room.advance(0);
    expect(board.snapshot()).toMatchObject({ dropped: 0 });
    expect(marks()).toHaveLength(1);
    roster.delete('ada');
    ink(begin)(line);
    operation(commitB)(line);
    room.advance(0);
    expect(board.snapshot().dropped).toBe(2);
  });

  it('author and role come from the line, never from the message', () => {
    const { room, marks } = listening();
    const forged = { ...envelope({ kind: 'commit', mark: dot }), authorId: 'anna', role: 'clinician' };
    operation(encodeOperation(forged))(room.join('ada'));
    room.advance(0);
    expect(marks()[0]?.author).toEqual({ authorId: 'ada', role: 'patient' });
  });

  it('a control message is no drawing', () => {
    const { room, board } = listening();
    void room.join('mallory').sendControl(commitB);
    room.advance(0);
    expect(board.snapshot().dropped).toBe(0);
  });
});
