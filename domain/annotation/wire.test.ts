import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mark, markPoints, type Point } from './mark';
import { envelopeSchema, type OperationEnvelope } from './operation';
import {
  decodeOperation,
  encodeJson,
  encodeOperation,
  OPERATION_BYTES_MAX,
  settleOperation,
  WIRE_STEPS,
  WireEncodeError,
} from './wire';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ids = fc.nat(999_999).map(id);
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.record({ x: unit, y: unit });
const side = fc.constantFrom('left' as const, 'right' as const);
const anchor = fc.oneof(
  fc.record({ kind: fc.constant('live' as const) }),
  fc.record({ kind: fc.constant('still' as const), stillId: ids }),
  fc.record(
    { kind: fc.constant('frames' as const), from: fc.nat(9), to: fc.integer({ min: 9, max: 99 }), mediaId: ids },
    { requiredKeys: ['kind', 'from', 'to'] },
  ),
);
const common = { markId: ids, anchor, aspect: fc.double({ min: 0.1, max: 10, noNaN: true }) };
const twoPoints = fc.tuple(point, point);
const measured = fc.record({
  joint: fc.constantFrom('mcp' as const, 'pip' as const, 'dip' as const),
  digit: fc.constantFrom('index' as const, 'little' as const),
  motion: fc.constantFrom('flexion' as const, 'extension' as const),
  activity: fc.constantFrom('active' as const, 'passive' as const, 'assisted' as const),
  view: fc.constantFrom('radial' as const, 'ulnar' as const, 'dorsal' as const, 'palmar' as const),
});
const angle = fc
  .record({ ...common, kind: fc.constant('angle' as const), side, points: fc.tuple(point, point, point), measured })
  .map(({ measured: rest, ...mark }) => ({ ...mark, measurement: { ...rest, side: mark.side } }));
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({
    ...common,
    side,
    kind: fc.constant('pen' as const),
    points: fc.array(point, { minLength: 2, maxLength: 512, size: 'max' }),
  }),
  fc.record({ ...common, side, kind: fc.constantFrom('arrow' as const, 'line', 'ellipse'), points: twoPoints }),
  angle,
  fc.record({ ...common, side, kind: fc.constant('point' as const), point }),
  fc.record({
    ...common,
    side,
    kind: fc.constant('text' as const),
    point,
    text: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `!${text.replaceAll('\0', '')}`),
  }),
  fc.record({ ...common, side, kind: fc.constant('error_tag' as const), code: fc.constant('too_fast') }),
);
const envelope: fc.Arbitrary<OperationEnvelope> = fc.record({
  v: fc.constant(1 as const),
  opId: ids,
  lamport: fc.nat(),
  tMs: fc.nat(),
  op: fc.oneof(
    fc.record({ kind: fc.constant('commit' as const), mark }),
    fc.record({ kind: fc.constant('remove' as const), markIds: fc.array(ids, { minLength: 1, maxLength: 256 }) }),
    fc.record(
      {
        kind: fc.constant('stage' as const),
        stillId: fc.option(ids),
        shows: fc.constantFrom('patient' as const, 'clinician' as const),
      },
      { requiredKeys: ['kind', 'stillId'] },
    ),
  ),
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const pen = (points: Point[]): OperationEnvelope => ({
  v: 1,
  opId: id(1),
  lamport: 1,
  tMs: 1,
  op: { kind: 'commit', mark: { kind: 'pen', markId: id(2), anchor: { kind: 'live' }, aspect: 1, side: null, points } },
});
const line = (count: number) => Array.from({ length: count }, (_, n) => ({ x: 1 - n / 9999, y: 1 }));
const withPoints = (points: unknown) => {
  const { op, ...rest } = pen(line(2));
  return bytesOf(JSON.stringify({ ...rest, op: { ...op, mark: { ...('mark' in op ? op.mark : {}), points } } }));
};
const invalid = { ok: false, reason: 'invalid' };
const decoded = (bytes: Uint8Array) => {
  const result = decodeOperation(bytes);
  if (!result.ok) throw new Error(result.reason);
  return result.envelope;
};

describe('a round trip', () => {
  it('moves no point by more than a step, and the second one moves nothing', () => {
    fc.assert(
      fc.property(envelope, (sent) => {
        const once = decoded(encodeOperation(sent));
        expect(decoded(encodeOperation(once))).toEqual(once);
        expect({ ...once, op: null }).toEqual({ ...sent, op: null });
        if (sent.op.kind !== 'commit' || once.op.kind !== 'commit') {
          expect(once).toEqual(sent);
          return;
        }
        const after = markPoints(once.op.mark);
        const before = markPoints(sent.op.mark);
        expect(after).toHaveLength(before.length);
        for (const [index, { x, y }] of before.entries()) {
          expect(Math.abs((after[index]?.x ?? 9) - x)).toBeLessThanOrEqual(0.5 / WIRE_STEPS + 1e-12);
          expect(Math.abs((after[index]?.y ?? 9) - y)).toBeLessThanOrEqual(0.5 / WIRE_STEPS + 1e-12);
        }
        expect({ ...once.op.mark, points: [], point: null }).toEqual({ ...sent.op.mark, points: [], point: null });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the corners of the picture exactly', () => {
    const corners = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ];
    expect(decoded(encodeOperation(pen(corners)))).toEqual(pen(corners));
  });

  it('gives the author what every peer reads', () => {
    fc.assert(
      fc.property(envelope, (sent) => {
        expect(settleOperation(sent)).toEqual(decoded(encodeOperation(sent)));
        expect(settleOperation(settleOperation(sent))).toEqual(settleOperation(sent));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is sent', () => {
  it('carries points flattened, as whole steps', () => {
    const text = textOf(
      encodeOperation(
        pen([
          { x: 0, y: 1 },
          { x: 0.5, y: 0.25 },
        ]),
      ),
    );
    expect(text).toContain('"points":[0,65535,32768,16384]');
  });

  it('fits 15 KiB with 512 points at their longest, 256 removed marks, and the longest text', () => {
    expect(encodeOperation(pen(line(512))).byteLength).toBeLessThanOrEqual(OPERATION_BYTES_MAX);
    const { op: _, ...rest } = pen([]);
    const removed = Array.from({ length: 256 }, (__, n) => id(n));
    const size = encodeOperation({ ...rest, op: { kind: 'remove', markIds: removed } }).byteLength;
    expect(size).toBeLessThanOrEqual(OPERATION_BYTES_MAX);
  });

  it('is refused above 15 KiB with its size', () => {
    const encode = () => encodeOperation(pen(line(2000)));
    expect(encode).toThrow(RangeError);
    expect(encode).toThrow(WireEncodeError);
    expect(encode).toThrow(expect.objectContaining({ code: 'too_large', byteLength: expect.any(Number) }));
  });

  it('is measured to the byte', () => {
    expect(OPERATION_BYTES_MAX).toBe(15_360);
    expect(encodeJson('x'.repeat(8), 10).byteLength).toBe(10);
    expect(() => encodeJson('x'.repeat(9), 10)).toThrow(expect.objectContaining({ code: 'too_large', byteLength: 11 }));
    const corner = Array.from({ length: 1290 }, () => ({ x: 1, y: 1 }));
    expect(() => encodeOperation(pen(corner))).toThrow(expect.objectContaining({ code: 'too_large' }));
  });

  it('is refused when no peer would accept it', () => {
    const refused = expect.objectContaining({ code: 'invalid' });
    expect(() => encodeOperation(pen(line(513)))).toThrow(refused);
    expect(() =>
      encodeOperation(
        pen([
          { x: 1.01, y: 0 },
          { x: 0, y: 0 },
        ]),
      ),
    ).toThrow(refused);
    expect(() =>
      encodeOperation(
        pen([
          { x: Number.NaN, y: 0 },
          { x: 0, y: 0 },
        ]),
      ),
    ).toThrow(refused);
  });
});

describe('what is received', () => {
  it('is measured before it is read', () => {
    const padded = (size: number) => {
      const bytes = new Uint8Array(size).fill(32);
      bytes.set(encodeOperation(pen(line(2))));
      return bytes;
    };
    expect(decodeOperation(padded(OPERATION_BYTES_MAX)).ok).toBe(true);
    expect(decodeOperation(padded(OPERATION_BYTES_MAX + 1))).toEqual({ ok: false, reason: 'too_large' });
  });

  it.each([
    ['nothing', ''],
    ['half a message', '{"v":1,'],
    ['words', 'hello'],
  ])('is no JSON: %s', (_, text) => {
    expect(decodeOperation(bytesOf(text))).toEqual({ ok: false, reason: 'not_json' });
  });

  it('is no JSON when a word is not UTF-8', () => {
    const bytes = bytesOf('{"v":"x"}');
    bytes[6] = 0xff;
    expect(decodeOperation(bytes)).toEqual({ ok: false, reason: 'not_json' });
  });

  it.each([
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[[[]]]'],
    ['deep lists', '['.repeat(7000) + ']'.repeat(7000)],
    ['deep objects', `${'{"op":'.repeat(2000)}1${'}'.repeat(2000)}`],
    ['a prototype', '{"__proto__":{"v":1},"op":{"__proto__":{"kind":"stage","stillId":null}}}'],
    ['a commit of nothing', '{"v":1,"op":{"kind":"commit","mark":null}}'],
    ['a commit of a list', '{"v":1,"op":{"kind":"commit","mark":[]}}'],
  ])('is no operation: %s', (_, text) => {
    expect(decodeOperation(bytesOf(text))).toEqual(invalid);
  });

  it.each([
    ['an odd number', [0, 0, 1]],
    ['a step too far', [0, 0, 1, 65_536]],
    ['below 0', [0, 0, -1, 1]],
    ['a fraction', [0, 0, 0.5, 1]],
    [
      'objects',
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
    ],
    ['words', ['0', '0', '1', '1']],
    ['1026 numbers', Array(1026).fill(1)],
    ['nothing', null],
  ])('has no points: %s', (_, points) => {
    expect(decodeOperation(withPoints(points))).toEqual(invalid);
  });

  it.each([[[1, 2, 3, 4]], [[]], [null]])('has no place for a point mark: %j', (place) => {
    const op = {
      kind: 'commit',
      mark: { kind: 'point', markId: id(2), anchor: { kind: 'live' }, aspect: 1, side: null },
    };
    const message = (point: unknown) => ({
      v: 1,
      opId: id(1),
      lamport: 1,
      tMs: 1,
      op: { ...op, mark: { ...op.mark, point } },
    });
    expect(decodeOperation(bytesOf(JSON.stringify(message([1, 2])))).ok).toBe(true);
    expect(decodeOperation(bytesOf(JSON.stringify(message(place))))).toEqual(invalid);
  });

  it('does not take author and role from the sender', () => {
    const forged = { ...pen(line(2)), authorId: 'clinician', role: 'clinician' };
    expect(Object.keys(decoded(encodeOperation(forged)))).toEqual(['v', 'opId', 'lamport', 'tMs', 'op']);
  });

  it('never throws, whatever the bytes', () => {
    const key = fc.oneof(
      fc.constantFrom('__proto__', 'op', 'mark', 'points', 'kind', 'constructor', '\0'),
      fc.string(),
    );
    const json = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.dictionary(key, fc.jsonValue()))).map(JSON.stringify);
    const text = fc.oneof(json, fc.string({ unit: 'binary' })).map(bytesOf);
    const sent = fc.sample(envelope, { numRuns: 20, seed: 1 }).map(encodeOperation);
    // A real message with some bytes changed comes closest to what the schema accepts.
    const bent = fc
      .tuple(fc.constantFrom(...sent), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
      .map(([whole, changes]) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 2000 }), text, bent), (bytes) => {
        const result = decodeOperation(bytes);
        if (result.ok) expect(envelopeSchema.safeParse(result.envelope).success).toBe(true);
        else expect(['too_large', 'not_json', 'invalid']).toContain(result.reason);
      }),
      { numRuns: 400 },
    );
  });
});
