import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  decodeInk,
  emptyInk,
  encodeInk,
  expireInk,
  type InkMessage,
  inkPoints,
  inkReducer,
} from '#domain/annotation/ink';
import { POINTS_MAX, type Point } from '#domain/annotation/mark';
import type { Tool } from './drawing';
import { InkSender, simplifyPoints } from './ink-sender';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** Points that the wire carries exactly, each its own. */
const stroke = (count: number): Point[] => Array.from({ length: count }, (_, n) => ({ x: n / 65_535, y: 0 }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function sending(aspect = 16 / 9) {
  const sent: { atMs: number; message: InkMessage }[] = [];
  let ids = 0;
  const startMs = performance.now();
  const sender = new InkSender({
    send: (message) => sent.push({ atMs: performance.now() - startMs, message }),
    newId: () => id(++ids),
    now: () => performance.now(),
  });
  const preview = (points: readonly Point[], tool: Tool = 'pen') =>
    sender.preview(points, { tool, anchor: { kind: 'live' }, aspect });
  const of = <T extends InkMessage['type']>(type: T) =>
    sent.map(({ message }) => message).filter((m): m is Extract<InkMessage, { type: T }> => m.type === type);
  /** A pen that gives a point every `everyMs`. */
  const draw = (count: number, everyMs = 8, from = 1) => {
    for (let n = from; n <= count; n++) {
      preview(stroke(n));
      vi.advanceTimersByTime(everyMs);
    }
  };
  return { sender, preview, draw, sent, of, types: () => sent.map(({ message }) => message.type) };
}

/** What the other side shows after these messages, each heard when it was sent. */
function heard(sent: readonly { atMs: number; message: InkMessage }[], markId = id(1)) {
  const ink = sent.reduce((now, { atMs, message }) => {
    const read = decodeInk(encodeInk(message));
    if (!read.ok) throw new Error(read.reason);
    return inkReducer(expireInk(now, atMs), 'anna', read.message, atMs);
  }, emptyInk);
  const found = ink.authors.get('anna')?.strokes.get(markId);
  return found ? inkPoints(found) : null;
}

describe('a mark being made', () => {
  it('is begun at once, with its first point', () => {
    const { preview, sent } = sending(1.5);
    preview(stroke(1), 'arrow');
    const begin = { type: 'begin', markId: id(1), kind: 'arrow', anchor: { kind: 'live' }, aspect: 1.5 };
    expect(sent).toEqual([{ atMs: 0, message: { ...begin, point: { x: 0, y: 0 } } }]);
  });

  it('goes on 33 ms later with all that came meanwhile', () => {
    const { preview, sent, of } = sending();
    preview(stroke(1));
    preview(stroke(2));
    preview(stroke(5));
    vi.advanceTimersByTime(32);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(of('extend')).toEqual([{ type: 'extend', markId: id(1), from: 0, points: stroke(5) }]);
    expect(sent.at(-1)?.atMs).toBe(33);
  });

  it('sends at most once in 33 ms, however fast the pen is', () => {
    const { draw, sent } = sending();
    draw(500, 2);
    const times = [...new Set(sent.filter(({ message }) => message.type === 'extend').map(({ atMs }) => atMs))];
    expect(times.length).toBeGreaterThan(25);
    for (const [n, atMs] of times.entries()) expect(atMs - (times[n - 1] ?? -33)).toBeGreaterThanOrEqual(33);
    expect(sent.filter(({ message }) => message.type === 'extend')).toHaveLength(times.length);
  });

  it('says only that it is still there while nothing is new, more than once in the time of silence', () => {
    const { draw, preview, sent } = sending();
    draw(5);
    vi.advanceTimersByTime(100);
    const before = sent.length;
    preview(stroke(5));
    vi.advanceTimersByTime(10_000);
    const after = sent.slice(before);
    expect(new Set(after.map(({ message }) => message.type))).toEqual(new Set(['begin']));
    expect(after).toHaveLength(20);
  });

  it('stays on the other side while the hand rests, also when every second message is lost', () => {
    const { draw, preview, sent } = sending();
    draw(5);
    vi.advanceTimersByTime(6000);
    preview(stroke(6));
    vi.advanceTimersByTime(40);
    const resting = sent.filter(({ atMs, message }, n) => atMs < 6000 && (message.type === 'extend' || n % 2 === 0));
    expect(heard(resting, id(1))).toEqual(stroke(5));
    expect(heard(sent)).toEqual(stroke(6));
  });

  it('sends at once when the last time is 33 ms ago', () => {
    const { preview, sent } = sending();
    preview(stroke(1));
    vi.advanceTimersByTime(200);
    preview(stroke(2));
    expect(sent.at(-1)).toMatchObject({ atMs: 200, message: { type: 'extend' } });
  });

  it('repeats the last 8 points', () => {
    const { draw, of } = sending();
    draw(100);
    let ended = 1;
    for (const { from, points } of of('extend')) {
      expect(from).toBe(Math.max(0, ended - 8));
      ended = from + points.length;
    }
    expect(ended).toBeGreaterThan(90);
  });

  it('moves the far end of an arrow, also when the number of points stays', () => {
    const { preview, sent } = sending();
    for (const x of [0.2, 0.4, 0.6]) {
      preview(
        [
          { x: 0, y: 0 },
          { x, y: 0 },
        ],
        'arrow',
      );
      vi.advanceTimersByTime(40);
    }
    expect(heard(sent)?.map(({ x }) => x)).toEqual([0, expect.closeTo(0.6, 4)]);
  });
});

describe('what the other side sees', () => {
  it('is the whole line', () => {
    const { draw, sent } = sending();
    draw(300);
    vi.advanceTimersByTime(33);
    expect(heard(sent)).toEqual(stroke(300));
  });

  it.each([0, 1, 2, 3, 4])('heals the loss of message %d', (lost) => {
    const { draw, sent } = sending();
    draw(60);
    vi.advanceTimersByTime(33);
    expect(heard(sent.filter((_, n) => n !== lost))).toEqual(stroke(60));
  });

  it('heals the loss of the first 70 ms', () => {
    const { draw, sent } = sending();
    draw(60, 16);
    vi.advanceTimersByTime(33);
    expect(heard(sent.filter(({ atMs }) => atMs > 70))).toEqual(stroke(60));
  });

  it('appears again after a long loss', () => {
    const { draw, sent } = sending();
    draw(200);
    vi.advanceTimersByTime(33);
    const late = heard(sent.filter(({ atMs }) => atMs > 300));
    expect(late?.[0]).toEqual(stroke(1)[0]);
    expect(late?.at(-1)).toEqual(stroke(200).at(-1));
  });

  it('comes back whole after a pause in which it was let go', () => {
    const { draw, sent } = sending();
    draw(150);
    vi.advanceTimersByTime(2000);
    draw(151, 8, 151);
    expect(heard(sent)).toEqual(stroke(151));
  });
});

describe('the end of a mark', () => {
  it('keeps the id under which the ink was seen', () => {
    const { sender, preview, of } = sending();
    preview(stroke(2));
    expect(sender.finish()).toBe(id(1));
    preview(stroke(2));
    expect(of('begin').map(({ markId }) => markId)).toEqual([id(1), id(2)]);
    expect(sender.finish()).toBe(id(2));
  });

  it('gives an id to a mark that was never seen under way', () => {
    const { sender } = sending();
    expect(sender.finish()).toBe(id(1));
    expect(sender.finish()).toBe(id(2));
  });

  it('sends nothing any more', () => {
    const { sender, preview, sent } = sending();
    preview(stroke(2));
    preview(stroke(3));
    expect(vi.getTimerCount()).toBe(2);
    sender.finish();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(1);
  });

  it('cancelling stops the ink and gives the next mark another id', () => {
    const { preview, types, of } = sending();
    preview(stroke(3));
    preview([]);
    vi.advanceTimersByTime(10_000);
    expect(types()).toEqual(['begin']);
    preview(stroke(1));
    expect(of('begin').at(-1)?.markId).toBe(id(2));
  });
});

describe('simplifyLine', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const points = fc.array(fc.record({ x: unit, y: unit }), { minLength: 2, maxLength: 3000, size: 'max' });
  const aspects = fc.constantFrom(16 / 9, 9 / 16, 1);

  it('keeps both ends, at most 512 points, all inside the picture', () => {
    fc.assert(
      fc.property(points, aspects, (line, aspect) => {
        const kept = simplifyPoints(line, aspect);
        expect(kept.length).toBeGreaterThanOrEqual(2);
        expect(kept.length).toBeLessThanOrEqual(POINTS_MAX);
        expect(kept[0]?.x).toBeCloseTo(line[0]?.x ?? 9, 9);
        expect(kept[0]?.y).toBe(line[0]?.y);
        expect(kept.at(-1)?.x).toBeCloseTo(line.at(-1)?.x ?? 9, 9);
        expect(kept.at(-1)?.y).toBe(line.at(-1)?.y);
        expect(kept.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('drops what lies on a straight line and keeps a corner', () => {
    const across = Array.from({ length: 50 }, (_, n) => ({ x: n / 50, y: 0 }));
    expect(simplifyPoints(across, 1)).toEqual([across[0], across.at(-1)]);
    expect(simplifyPoints([...across, { x: 0.98, y: 0.5 }], 1)).toEqual([
      across[0],
      across.at(-1),
      { x: 0.98, y: 0.5 },
    ]);
  });

  it('keeps what is seen: a bump of 2 lines at 480, and drops one of a tenth', () => {
    const bump = (y: number) => [
      { x: 0, y: 0.5 },
      { x: 0.5, y: 0.5 + y },
      { x: 1, y: 0.5 },
    ];
    expect(simplifyPoints(bump(2 / 480), 1)).toHaveLength(3);
    expect(simplifyPoints(bump(0.1 / 480), 1)).toHaveLength(2);
  });

  it('measures in picture heights, so that a wide picture keeps as much as a tall one', () => {
    const wobble = (x: number) => [
      { x: 0.5, y: 0 },
      { x: 0.5 + x, y: 0.5 },
      { x: 0.5, y: 1 },
    ];
    expect(simplifyPoints(wobble(0.0008), 16 / 9)).toHaveLength(3);
    expect(simplifyPoints(wobble(0.0008), 9 / 16)).toHaveLength(2);
  });

  it('makes a mark of a single point', () => {
    expect(simplifyPoints([{ x: 0.25, y: 0.5 }], 1)).toEqual([
      { x: 0.25, y: 0.5 },
      { x: 0.25, y: 0.5 },
    ]);
  });
});
