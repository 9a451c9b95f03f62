import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ViewBox, viewTransform } from './view-transform';

const base: ViewBox = {
  boxWidth: 400,
  boxHeight: 400,
  videoWidth: 1600,
  videoHeight: 900,
  fit: 'contain',
  mirror: false,
};
const portrait = { videoWidth: 900, videoHeight: 1600 };
const view = (change: Partial<ViewBox> = {}) => viewTransform({ ...base, ...change });

describe('where the picture lies', () => {
  it.each<[string, Partial<ViewBox>, [number, number, number, number]]>([
    ['contain, wide picture: bars above and below', {}, [0, 87.5, 400, 225]],
    ['contain, tall picture: bars at the sides', portrait, [87.5, 0, 225, 400]],
    ['cover, wide picture: cut at the sides', { fit: 'cover' }, [-1400 / 9 + 0, 0, 6400 / 9, 400]],
    ['cover, tall picture: cut above and below', { fit: 'cover', ...portrait }, [0, -1400 / 9, 400, 6400 / 9]],
    ['same shape: fills the box', { boxHeight: 225 }, [0, 0, 400, 225]],
    ['mirrored: at the same place', { mirror: true }, [0, 87.5, 400, 225]],
    [
      'zoomed to its middle',
      { boxHeight: 225, zoom: { scale: 2, centerX: 0.5, centerY: 0.5 } },
      [-200, -112.5, 800, 450],
    ],
    ['zoomed to a point', { boxHeight: 225, zoom: { scale: 2, centerX: 0.25, centerY: 0.75 } }, [0, -225, 800, 450]],
    [
      'zoomed to a point and mirrored',
      { boxHeight: 225, mirror: true, zoom: { scale: 2, centerX: 0.25, centerY: 0.75 } },
      [-400, -225, 800, 450],
    ],
  ])('%s', (_, change, [left, top, width, height]) => {
    const { content } = view(change);
    expect(content.left).toBeCloseTo(left, 9);
    expect(content.top).toBeCloseTo(top, 9);
    expect(content.width).toBeCloseTo(width, 9);
    expect(content.height).toBeCloseTo(height, 9);
  });
});

describe('where a point lies', () => {
  it.each<[string, Partial<ViewBox>, [number, number], [number, number]]>([
    ['top left, contain', {}, [0, 0], [0, 87.5]],
    ['bottom right, contain', {}, [1, 1], [400, 312.5]],
    ['a quarter in, contain', {}, [0.25, 0.5], [100, 200]],
    ['a quarter in, mirrored: x is flipped, y is not', { mirror: true }, [0.25, 0.1], [300, 110]],
    ['the middle, cover', { fit: 'cover' }, [0.5, 0.5], [200, 200]],
    ['cut away, cover', { fit: 'cover' }, [0, 0], [-1400 / 9, 0]],
    ['the centre of the zoom', { zoom: { scale: 3, centerX: 0.2, centerY: 0.9 } }, [0.2, 0.9], [200, 200]],
    [
      'the centre of the zoom, mirrored',
      { mirror: true, zoom: { scale: 3, centerX: 0.2, centerY: 0.9 } },
      [0.2, 0.9],
      [200, 200],
    ],
    // A turned phone and a new layer change the picture, not the content's coordinates.
    ['after rotation', portrait, [0.25, 0.25], [143.75, 100]],
    ['on a lower layer', { videoWidth: 320, videoHeight: 180 }, [0.25, 0.5], [100, 200]],
  ])('%s', (_, change, [x, y], [left, top]) => {
    const pixel = view(change).toView({ x, y });
    expect(pixel.x).toBeCloseTo(left, 9);
    expect(pixel.y).toBeCloseTo(top, 9);
  });

  it('leaves [0,1] beside the picture', () => {
    expect(view().toContent({ x: 200, y: 0 }).y).toBeLessThan(0);
    expect(view().toContent({ x: 200, y: 400 }).y).toBeGreaterThan(1);
  });

  it('stays the same hand in the mirror: right of one thing there is left of it here', () => {
    const mirrored = view({ mirror: true });
    const [a, b] = [mirrored.toView({ x: 0.2, y: 0.5 }), mirrored.toView({ x: 0.4, y: 0.5 })];
    expect(a.x).toBeGreaterThan(b.x);
    expect(mirrored.toView({ x: 0.5, y: 0.3 })).toEqual(view().toView({ x: 0.5, y: 0.3 }));
  });
});

describe('there and back', () => {
  const size = fc.integer({ min: 50, max: 4000 });
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const box = fc.record({
    boxWidth: size,
    boxHeight: size,
    videoWidth: size,
    videoHeight: size,
    fit: fc.constantFrom('contain' as const, 'cover' as const),
    mirror: fc.boolean(),
    zoom: fc.option(fc.record({ scale: fc.double({ min: 1, max: 8, noNaN: true }), centerX: unit, centerY: unit }), {
      nil: undefined,
    }),
  });

  it('gives the same point', () => {
    fc.assert(
      fc.property(box, fc.record({ x: unit, y: unit }), (shown, point) => {
        const { toView, toContent } = viewTransform(shown);
        const back = toContent(toView(point));
        expect(back.x).toBeCloseTo(point.x, 9);
        expect(back.y).toBeCloseTo(point.y, 9);
      }),
    );
  });

  it('two screens of any size and mirror show a mark at the same content', () => {
    fc.assert(
      fc.property(box, box, fc.record({ x: unit, y: unit }), (mine, theirs, point) => {
        const drawn = viewTransform(mine).toContent(viewTransform(mine).toView(point));
        const read = viewTransform(theirs).toContent(viewTransform(theirs).toView(drawn));
        expect(read.x).toBeCloseTo(point.x, 9);
        expect(read.y).toBeCloseTo(point.y, 9);
      }),
    );
  });

  it('never distorts: both axes have one scale', () => {
    fc.assert(
      fc.property(box, (shown) => {
        const { content } = viewTransform(shown);
        expect((content.width / shown.videoWidth) * shown.videoHeight).toBeCloseTo(content.height, 6);
      }),
    );
  });

  it('contain shows all of the picture, cover leaves no bar', () => {
    fc.assert(
      fc.property(box, (shown) => {
        const { content } = viewTransform({ ...shown, zoom: undefined });
        const [over, across] = [content.width - shown.boxWidth, content.height - shown.boxHeight];
        const [least, most] = [Math.min(over, across), Math.max(over, across)];
        expect(shown.fit === 'contain' ? most : least).toBeCloseTo(0, 6);
      }),
    );
  });
});
