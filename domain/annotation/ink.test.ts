import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeInk,
  dropInk,
  emptyInk,
  encodeInk,
  expireInk,
  INK_BYTES_MAX,
  INK_MARKS_PER_AUTHOR_MAX,
  INK_POINTS_PER_MESSAGE_MAX,
  INK_POINTS_REPEATED,
  type Ink,
  type InkMessage,
  inkExtends,
  inkPoints,
  inkReducer,
} from './ink';
import type { Point } from './mark';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const M = id(1);
const at = (n: number): Point => ({ x: n / 65_535, y: 1 });
const stroke = (length: number) => Array.from({ length }, (_, n) => at(n));
const begin = (markId = M): InkMessage => ({
  type: 'begin',
  markId,
  kind: 'pen',
  anchor: { kind: 'live' },
  aspect: 1.5,
  point: at(0),
});
const extend = (from: number, points: Point[], markId = M): InkMessage => ({ type: 'extend', markId, from, points });
const hear = (messages: readonly InkMessage[], nowMs = 0, author = 'anna', ink: Ink = emptyInk) =>
  messages.reduce((now, message) => inkReducer(now, author, message, nowMs), ink);
const drawn = (ink: Ink, markId = M, author = 'anna') => {
  const found = ink.authors.get(author)?.strokes.get(markId);
  return found ? inkPoints(found) : null;
};

describe('ink under way', () => {
  it('grows with what is heard', () => {
    expect(drawn(hear([begin()]))).toEqual([at(0)]);
    expect(drawn(hear([begin(), extend(1, [at(1), at(2)])]))).toEqual(stroke(3));
    const first = hear([begin()]).authors.get('anna')?.strokes.get(M);
    expect(first).toMatchObject({ kind: 'pen', anchor: { kind: 'live' }, aspect: 1.5 });
  });

  it('bridges a gap and fills it when the points come again', () => {
    const gap = hear([begin(), extend(4, [at(4)])]);
    expect(drawn(gap)).toEqual([at(0), at(4)]);
    expect(drawn(hear([extend(1, [at(1), at(2), at(3)])], 0, 'anna', gap))).toEqual(stroke(5));
  });

  it('moves the far end of a two-ended mark instead of adding to it', () => {
    expect(drawn(hear([begin(), extend(1, [at(5)]), extend(1, [at(9)])]))).toEqual([at(0), at(9)]);
  });

  it('ignores an extend without its begin, and takes a begin twice', () => {
    expect(hear([extend(1, [at(1)])])).toBe(emptyInk);
    const other = hear([begin(id(2))]);
    expect(hear([extend(1, [at(1)])], 0, 'anna', other)).toBe(other);
    expect(drawn(hear([begin(), extend(1, [at(1)]), begin()]))).toEqual(stroke(2));
  });

  it('belongs to its author alone', () => {
    const mine = hear([begin(), extend(1, [at(1)])]);
    expect(drawn(hear([extend(2, [at(9)])], 0, 'eve', mine))).toEqual(stroke(2));
    const both = hear([begin()], 0, 'eve', mine);
    expect(drawn(both)).toEqual(stroke(2));
    expect(drawn(both, M, 'eve')).toEqual([at(0)]);
  });

  it('ends at 512 points', () => {
    expect(drawn(hear([begin(), extend(500, stroke(64))]))).toHaveLength(13);
    const ink = hear([begin(), extend(500, stroke(64))]);
    expect(ink.authors.get('anna')?.strokes.get(M)?.slots).toHaveLength(512);
  });

  it('holds at most 8 marks of an author; the one that is silent longest gives way', () => {
    let ink = emptyInk;
    for (let n = 1; n <= 8; n++) ink = hear([begin(id(n))], n, 'anna', ink);
    ink = hear([extend(1, [at(1)], id(1))], 9, 'anna', ink);
    ink = hear([begin(id(9))], 10, 'anna', ink);
    const strokes = ink.authors.get('anna')?.strokes;
    expect(strokes?.size).toBe(INK_MARKS_PER_AUTHOR_MAX);
    expect(strokes?.has(id(1))).toBe(true);
    expect(strokes?.has(id(2))).toBe(false);
    expect(hear([begin(id(9))], 11, 'anna', ink).authors.get('anna')?.strokes.size).toBe(8);
  });

  it('shows where an author points', () => {
    const ink = hear([{ type: 'pointer', point: at(1) }, { type: 'pointer', point: at(2) }, begin()], 7);
    expect(ink.authors.get('anna')?.pointer).toEqual({ point: at(2), heardAtMs: 7 });
    expect(drawn(ink)).toEqual([at(0)]);
  });
});

describe('ink ends', () => {
  it('with the commit or remove, whoever sent it, and a late packet does not draw it again', () => {
    const ink = dropInk(hear([begin(), begin(id(2))]), [M]);
    expect(drawn(ink)).toBeNull();
    expect(drawn(ink, id(2))).toEqual([at(0)]);
    expect(hear([begin(), extend(1, [at(1)])], 1, 'anna', ink)).toBe(ink);
  });

  it('remembers 256 ended marks, each once', () => {
    const many = Array.from({ length: 300 }, (_, n) => id(n));
    expect(dropInk(emptyInk, many).endedMarkIds).toEqual(many.slice(-256));
    expect(dropInk(dropInk(emptyInk, [M, id(2)]), [M]).endedMarkIds).toEqual([id(2), M]);
  });

  it('after 1.5 s of silence', () => {
    const ink = hear([begin()], 1000);
    expect(drawn(expireInk(ink, 2499))).toEqual([at(0)]);
    expect(expireInk(ink, 2500)).toEqual(emptyInk);
    const heard = hear([extend(1, [at(1)])], 2400, 'anna', ink);
    expect(drawn(expireInk(heard, 3899))).toEqual(stroke(2));
    expect(drawn(expireInk(hear([begin()], 2400, 'anna', ink), 3899))).toEqual([at(0)]);
  });

  it('for the pointer as for the stroke, each by its own silence', () => {
    const ink = hear([begin()], 1000, 'anna', hear([{ type: 'pointer', point: at(1) }], 0));
    expect(expireInk(ink, 1499).authors.get('anna')?.pointer).not.toBeNull();
    const later = expireInk(ink, 1500);
    expect(later.authors.get('anna')?.pointer).toBeNull();
    expect(drawn(later)).toEqual([at(0)]);
    expect(
      expireInk(hear([{ type: 'pointer', point: at(1) }], 1000, 'anna', ink), 2500).authors.get('anna'),
    ).toBeUndefined();
  });

  it('is the same object while nothing is silent, so that nothing is painted anew', () => {
    const ink = hear([begin(), { type: 'pointer', point: at(1) }]);
    expect(expireInk(ink, 1499)).toBe(ink);
    expect(expireInk(emptyInk, 9999)).toBe(emptyInk);
  });
});

describe('what the sender sends', () => {
  it('repeats the last points, in messages of at most 64', () => {
    const messages = inkExtends(M, stroke(200), 100);
    expect(messages.every(({ type, markId }) => type === 'extend' && markId === M)).toBe(true);
    expect(messages[0]?.from).toBe(100 - INK_POINTS_REPEATED);
    expect(messages.map(({ points }) => points.length)).toEqual([64, 44]);
    expect(messages.flatMap(({ points }) => points)).toEqual(stroke(200).slice(92));
    expect(inkExtends(M, stroke(3), 1).map(({ from }) => from)).toEqual([0]);
    expect(inkExtends(M, [], 0)).toEqual([]);
  });

  it('stops at 512 points', () => {
    expect(inkExtends(M, stroke(600), 500).map(({ from, points }) => from + points.length)).toEqual([512]);
    expect(inkExtends(M, stroke(600), 600).at(-1)?.points).toHaveLength(INK_POINTS_REPEATED);
  });

  it('heals the loss of any message whose points are all repeated by the next', () => {
    const steps = fc.array(fc.integer({ min: 1, max: INK_POINTS_REPEATED }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.array(fc.boolean()), (added, lost) => {
        let sent = 1;
        const heard: InkMessage[] = [begin()];
        for (const [index, count] of added.entries()) {
          const messages = inkExtends(M, stroke(sent + count), sent);
          // Never two in a row, never the last.
          const isLost = lost[index] && !lost[index - 1] && index < added.length - 1;
          if (!isLost) heard.push(...messages);
          sent += count;
        }
        expect(drawn(hear(heard))).toEqual(stroke(sent));
      }),
    );
  });

  it('may arrive in any order and twice', () => {
    const messages = [0, 5, 10, 15].flatMap((sent) => inkExtends(M, stroke(sent + 5), sent));
    fc.assert(
      fc.property(fc.shuffledSubarray([...messages, ...messages], { minLength: 8 }), (shuffled) => {
        expect(drawn(hear([begin(), ...shuffled]))).toEqual(stroke(20));
      }),
    );
  });
});

describe('on the wire', () => {
  const messages: InkMessage[] = [
    begin(),
    extend(0, stroke(1)),
    extend(3, stroke(5)),
    { type: 'pointer', point: at(7) },
  ];
  const kinds = ['pen', 'arrow', 'line', 'ellipse', 'angle'] as const;
  it.each(kinds)('a %s can be shown while it is made', (kind) => {
    const message: InkMessage = { type: 'begin', markId: M, kind, anchor: { kind: 'live' }, aspect: 1, point: at(0) };
    expect(decodeInk(encodeInk(message))).toEqual({ ok: true, message });
  });

  it.each(messages)('$type comes back as it was', (message) => {
    expect(decodeInk(encodeInk(message))).toEqual({ ok: true, message });
  });

  it('a full message fits one packet', () => {
    const longest = Array.from({ length: INK_POINTS_PER_MESSAGE_MAX }, () => ({ x: 1, y: 1 }));
    expect(encodeInk(extend(447, longest)).byteLength).toBeLessThanOrEqual(INK_BYTES_MAX);
  });

  it('refuses to send what is too large or invalid', () => {
    expect(() => encodeInk(extend(0, stroke(400)))).toThrow(expect.objectContaining({ code: 'too_large' }));
    const corner = Array.from({ length: 105 }, () => ({ x: 1, y: 1 }));
    expect(INK_BYTES_MAX).toBe(1300);
    expect(() => encodeInk(extend(0, corner))).toThrow(expect.objectContaining({ code: 'too_large' }));
    expect(() => encodeInk(extend(0, []))).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => encodeInk(extend(0, stroke(65)))).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => encodeInk(extend(512, stroke(1)))).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => encodeInk(extend(-1, stroke(1)))).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it('refuses to read what is too large, no JSON or invalid', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(decodeInk(bytes(' '.repeat(INK_BYTES_MAX + 1)))).toEqual({ ok: false, reason: 'too_large' });
    expect(decodeInk(bytes('{'))).toEqual({ ok: false, reason: 'not_json' });
    for (const text of ['null', '[]', '{"type":"pointer"}', '{"type":"pointer","point":[1]}', '{"__proto__":{}}']) {
      expect(decodeInk(bytes(text)), text).toEqual({ ok: false, reason: 'invalid' });
    }
  });

  it('never throws, whatever the bytes', () => {
    const text = fc.oneof(fc.json(), fc.string({ unit: 'binary' })).map((t) => new TextEncoder().encode(t));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 2000 }), text), (bytes) => {
        expect(typeof decodeInk(bytes).ok).toBe('boolean');
      }),
      { numRuns: 100 },
    );
  });
});
