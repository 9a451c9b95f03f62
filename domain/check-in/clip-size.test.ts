import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptSize, levelOf } from './clip-size';

describe('the size that is kept', () => {
  it.each([
    [{ width: 1920, height: 1080, pixelRatio: 1, rotation: 0 }, 1280, 720],
    [{ width: 1920, height: 1080, pixelRatio: 1, rotation: -90 }, 720, 1280],
    [{ width: 1920, height: 1080, pixelRatio: 1, rotation: 270 }, 720, 1280],
    [{ width: 640, height: 480, pixelRatio: 1, rotation: 180 }, 640, 480],
    [{ width: 720, height: 576, pixelRatio: 64 / 45, rotation: 0 }, 1024, 576],
    [{ width: 1440, height: 1080, pixelRatio: 4 / 3, rotation: 90 }, 720, 1280],
    [{ width: 640, height: 480, pixelRatio: 3 / 4, rotation: 0 }, 640, 640],
    [{ width: 321, height: 181, pixelRatio: 1, rotation: 0 }, 322, 182],
    [{ width: 640, height: 480, pixelRatio: 1000, rotation: 0 }, 640, 480],
    [{ width: 1, height: 1, pixelRatio: 1, rotation: 0 }, 2, 2],
  ])('of %j is %d × %d', (filmed, width, height) => {
    expect(keptSize(filmed)).toEqual({ width, height });
  });

  it('keeps the proportions within 2 % where the picture is no thread', () => {
    const side = fc.integer({ min: 200, max: 4000 });
    const pixels = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(side, side, pixels, fc.constantFrom(0, 90, -90, 180), (width, height, pixelRatio, rotation) => {
        const size = keptSize({ width, height, pixelRatio, rotation });
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1280);
        expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
        fc.pre(Math.min(size.width, size.height) >= 100);
        const upright = rotation % 180 === 0 ? size.width / size.height : size.height / size.width;
        expect(Math.abs(upright / ((width * pixelRatio) / height) - 1)).toBeLessThan(0.02);
      }),
    );
  });
});

it('the level holds what is played', () => {
  const wide = { width: 1280, height: 720 };
  expect([30, 50, 60].map((rate) => levelOf(wide, rate))).toEqual(['3.1', '3.2', '3.2']);
  const square = { width: 1280, height: 1280 };
  expect([30, 60].map((rate) => levelOf(square, rate))).toEqual(['4.0', '4.2']);
});
