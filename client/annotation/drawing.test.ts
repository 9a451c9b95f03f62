import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '#domain/annotation/mark';
import { type DrawingEvent, drawingStep, previewPoints, startDrawing, type Tool } from './drawing';

const at = (x: number, y = 0.5): Point => ({ x, y });
const press = (x: number): DrawingEvent => ({ type: 'press', at: at(x) });
const move = (x: number): DrawingEvent => ({ type: 'move', at: at(x) });
const lift = (x: number, travelled: boolean): DrawingEvent => ({ type: 'lift', at: at(x), travelled });
const nudge = (dx: number, dy = 0): DrawingEvent => ({ type: 'nudge', dx, dy });
const place: DrawingEvent = { type: 'place' };
const finish: DrawingEvent = { type: 'finish' };
const cancel: DrawingEvent = { type: 'cancel' };
const tap = (x: number) => [press(x), lift(x, false)];
/** Pressed, moved by a pixel or two and lifted: what a tremor makes of a tap. */
const shakyTap = (x: number) => [press(x), move(x + 0.002), move(x + 0.001), lift(x + 0.001, false)];
const drag = (from: number, to: number) => [press(from), move((from + to) / 2), move(to), lift(to, true)];

/** Everything the hand did, the marks that came of it, and what is on the way. */
function draw(tool: Tool, ...events: (DrawingEvent | DrawingEvent[])[]) {
  let drawing = startDrawing(tool);
  const completed: (readonly Point[])[] = [];
  for (const event of events.flat()) {
    const step = drawingStep(drawing, event);
    drawing = step.drawing;
    if (step.completed) completed.push(step.completed);
  }
  return { drawing, completed, preview: previewPoints(drawing) };
}
const marks = (...args: Parameters<typeof draw>) => draw(...args).completed;
const xs = (points: readonly Point[] | undefined) => points?.map(({ x }) => x);

const TWO_ENDED = ['arrow', 'line', 'ellipse'] as const;

describe('by dragging', () => {
  it.each(TWO_ENDED)('an %s lies between press and lift', (tool) => {
    expect(marks(tool, drag(0.1, 0.9))).toEqual([[at(0.1), at(0.9)]]);
  });

  it.each(TWO_ENDED)('an %s needs no move in between', (tool) => {
    expect(marks(tool, press(0.1), lift(0.9, true))).toEqual([[at(0.1), at(0.9)]]);
  });

  it('a pen keeps every point of the way', () => {
    expect(xs(marks('pen', press(0.1), move(0.2), move(0.3), lift(0.3, true))[0])).toEqual([0.1, 0.2, 0.3]);
  });

  it('an angle gets two of its points; the third follows', () => {
    expect(marks('angle', drag(0.1, 0.5))).toEqual([]);
    expect(marks('angle', drag(0.1, 0.5), tap(0.9))).toEqual([[at(0.1), at(0.5), at(0.9)]]);
    expect(marks('angle', tap(0.1), tap(0.5), drag(0.6, 0.9))).toEqual([[at(0.1), at(0.5), at(0.9)]]);
  });

  it('shows the mark as it grows', () => {
    expect(xs(draw('line', press(0.1), move(0.4)).preview)).toEqual([0.1, 0.4]);
    expect(xs(draw('pen', press(0.1), move(0.4)).preview)).toEqual([0.1, 0.4]);
    expect(xs(draw('angle', tap(0.1), tap(0.3), press(0.4), move(0.6)).preview)).toEqual([0.1, 0.3, 0.6]);
  });

  it('does nothing without a press', () => {
    expect(draw('line', move(0.4), lift(0.5, true))).toEqual(draw('line'));
    expect(draw('pen', move(0.4), lift(0.5, true))).toEqual(draw('pen'));
    expect(xs(draw('line', tap(0.1), move(0.9), lift(0.9, true)).preview)).toEqual([0.1, 0.1]);
  });
});

describe('by tapping', () => {
  it.each(TWO_ENDED)('an %s takes two taps', (tool) => {
    expect(marks(tool, tap(0.1))).toEqual([]);
    expect(marks(tool, tap(0.1), tap(0.9))).toEqual([[at(0.1), at(0.9)]]);
  });

  it('an angle takes three taps, in order', () => {
    expect(marks('angle', tap(0.1), tap(0.5))).toEqual([]);
    expect(marks('angle', tap(0.9), tap(0.5), tap(0.1))).toEqual([[at(0.9), at(0.5), at(0.1)]]);
  });

  it('a pen takes taps until it is said to be done', () => {
    expect(marks('pen', tap(0.1), tap(0.5), tap(0.9))).toEqual([]);
    expect(xs(draw('pen', tap(0.1), tap(0.5)).drawing.points)).toEqual([0.1, 0.5]);
    expect(marks('pen', tap(0.1), tap(0.5), tap(0.9), finish)).toEqual([[at(0.1), at(0.5), at(0.9)]]);
  });

  it('a pen goes on freehand after taps', () => {
    expect(xs(marks('pen', tap(0.1), drag(0.3, 0.5))[0])).toEqual([0.1, 0.3, 0.4, 0.5]);
  });

  it.each([...TWO_ENDED, 'angle', 'pen'] as const)('a trembling tap gives an %s one point', (tool) => {
    const { drawing, completed } = draw(tool, shakyTap(0.1));
    expect(completed).toEqual([]);
    expect(xs(drawing.points)).toEqual([0.101]);
  });

  it('a trembling hand reaches every mark', () => {
    expect(xs(marks('line', shakyTap(0.1), shakyTap(0.9))[0])).toEqual([0.101, 0.901]);
    expect(xs(marks('angle', shakyTap(0.1), shakyTap(0.5), shakyTap(0.9))[0])).toEqual([0.101, 0.501, 0.901]);
    expect(xs(marks('pen', shakyTap(0.1), shakyTap(0.5), finish)[0])).toEqual([0.101, 0.501]);
  });

  it('shows from the first press where the mark begins', () => {
    expect(xs(draw('line', press(0.1)).preview)).toEqual([0.1, 0.1]);
    expect(xs(draw('line', tap(0.1)).preview)).toEqual([0.1, 0.1]);
    expect(xs(draw('pen', press(0.1)).preview)).toEqual([0.1]);
    expect(draw('line').preview).toEqual([]);
  });
});

describe('by keys', () => {
  it('a cross starts in the middle and is moved', () => {
    expect(draw('line', nudge(0.1, -0.2)).drawing.cursor).toEqual({ x: 0.6, y: 0.3 });
    expect(draw('line', nudge(0.1), nudge(0.1, 0.1)).drawing.cursor?.x).toBeCloseTo(0.7, 9);
    expect(draw('line', nudge(0.1)).preview).toEqual([]);
  });

  it.each([
    ['left', nudge(-9), { x: 0, y: 0.5 }],
    ['right', nudge(9), { x: 1, y: 0.5 }],
    ['top', nudge(0, -9), { x: 0.5, y: 0 }],
    ['bottom', nudge(0, 9), { x: 0.5, y: 1 }],
  ])('the cross stops at the %s edge', (_, event, cursor) => {
    expect(draw('line', event).drawing.cursor).toEqual(cursor);
  });

  it('places points of every kind', () => {
    expect(marks('line', place, nudge(0.25), place)).toEqual([[at(0.5), at(0.75)]]);
    expect(marks('angle', place, nudge(0.25), place, nudge(0.25), place)).toEqual([[at(0.5), at(0.75), at(1)]]);
    expect(marks('pen', place, nudge(0.25), place, nudge(0.25), place)).toEqual([]);
    expect(marks('pen', place, nudge(0.25), place, finish)).toEqual([[at(0.5), at(0.75)]]);
  });

  it('shows the line from the last point to the cross', () => {
    expect(xs(draw('pen', place, nudge(0.25)).preview)).toEqual([0.5, 0.75]);
    expect(xs(draw('angle', place, nudge(0.25), place, nudge(0.25)).preview)).toEqual([0.5, 0.75, 1]);
  });

  it('goes on where a tap ended', () => {
    expect(marks('line', tap(0.25), nudge(0.25), place)).toEqual([[at(0.25), at(0.5)]]);
  });
});

describe('the end of a mark', () => {
  it('leaves nothing for the next one but the cross', () => {
    const { drawing, preview } = draw('line', place, nudge(0.25), place);
    expect(drawing).toEqual({ ...startDrawing('line'), cursor: at(0.75) });
    expect(preview).toEqual([]);
    expect(draw('pen', drag(0.1, 0.9)).drawing).toEqual(startDrawing('pen'));
    expect(marks('line', drag(0.1, 0.2), drag(0.3, 0.4))).toEqual([
      [at(0.1), at(0.2)],
      [at(0.3), at(0.4)],
    ]);
  });

  it('is not said for a pen of one point, nor for a mark with fixed points', () => {
    expect(marks('pen', finish)).toEqual([]);
    expect(marks('pen', tap(0.1), finish)).toEqual([]);
    expect(marks('angle', tap(0.1), tap(0.5), finish)).toEqual([]);
    expect(marks('angle', tap(0.1), tap(0.5), finish, tap(0.9))).toHaveLength(1);
  });

  it.each(['pen', 'arrow', 'line', 'ellipse', 'angle'] as const)('cancelling an %s leaves nothing of it', (tool) => {
    for (const begun of [[press(0.1), move(0.5)], tap(0.1), [place, nudge(0.1)]]) {
      expect(draw(tool, begun, cancel).drawing).toEqual(startDrawing(tool));
      expect(marks(tool, begun, cancel)).toEqual([]);
    }
    expect(marks(tool, press(0.1), move(0.5), cancel, move(0.6), lift(0.9, true))).toEqual([]);
  });
});

describe('whatever the hand does', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const event: fc.Arbitrary<DrawingEvent> = fc.oneof(
    fc.record({ type: fc.constantFrom('press' as const, 'move' as const), at: fc.record({ x: unit, y: unit }) }),
    fc.record({ type: fc.constant('lift' as const), at: fc.record({ x: unit, y: unit }), travelled: fc.boolean() }),
    fc.record({
      type: fc.constant('nudge' as const),
      dx: fc.double({ min: -1, max: 1, noNaN: true }),
      dy: fc.constant(0),
    }),
    fc.constantFrom(place, finish, cancel),
  );
  const tools = fc.constantFrom<Tool>('pen', 'arrow', 'line', 'ellipse', 'angle');

  it('a mark has the points of its kind, and the picture holds them', () => {
    fc.assert(
      fc.property(tools, fc.array(event, { maxLength: 40 }), (tool, events) => {
        for (const points of marks(tool, events)) {
          const wanted = tool === 'angle' ? 3 : 2;
          if (tool === 'pen') expect(points.length).toBeGreaterThanOrEqual(1);
          else expect(points).toHaveLength(wanted);
          expect(points.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
        }
      }),
    );
  });

  it('nothing needs a drag: taps or keys reach what a drag reaches', () => {
    const points = fc.array(unit, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(tools, points, (tool, places) => {
        const wanted = places.slice(0, tool === 'angle' ? 3 : 2);
        const byTaps = marks(tool, ...wanted.map(tap), ...(tool === 'pen' ? [finish] : []));
        expect(byTaps).toEqual([wanted.map((x) => at(x))]);
        const toEdge = (x: number) => [nudge(-1), nudge(x), place];
        const byKeys = marks(tool, ...wanted.map(toEdge), ...(tool === 'pen' ? [finish] : []));
        expect(byKeys).toEqual(byTaps);
      }),
    );
  });
});
