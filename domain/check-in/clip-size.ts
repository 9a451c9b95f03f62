export type Size = { readonly width: number; readonly height: number };

const LONG_SIDE_MAX = 1280;
/** Wider or narrower pixels are no camera's but a damaged header's. */
const PIXEL_RATIO_MAX = 4;

type Filmed = Size & {
  /** Width of a pixel over its height; 1 = square. */
  readonly pixelRatio: number;
  /** By how much the picture is to be turned to stand upright, in degrees, either way. */
  readonly rotation: number;
};

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

/**
 * The size that a filmed picture is kept in, in square pixels: upright, at most 1280 on the long side, never larger than
 * filmed, both sides even (H.264 with 4:2:0 has no odd ones).
 */
export function keptSize({ width, height, pixelRatio, rotation }: Filmed): Size {
  const ratio = pixelRatio >= 1 / PIXEL_RATIO_MAX && pixelRatio <= PIXEL_RATIO_MAX ? pixelRatio : 1;
  // The side with the coarser pixels grows: nothing that was filmed is lost.
  const [wide, high] = ratio >= 1 ? [width * ratio, height] : [width, height / ratio];
  const isOnItsSide = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  const [w, h] = isOnItsSide ? [high, wide] : [wide, high];
  const scale = Math.min(1, LONG_SIDE_MAX / Math.max(w, h));
  return { width: even(w * scale), height: even(h * scale) };
}

/** H.264 levels with what they hold: blocks of 16 × 16 in a second and in a picture (ITU-T H.264, table A-1). */
const LEVELS = [
  { level: '3.1', perSecond: 108_000, perPicture: 3600 },
  { level: '3.2', perSecond: 216_000, perPicture: 5120 },
  { level: '4.0', perSecond: 245_760, perPicture: 8192 },
  { level: '4.2', perSecond: 522_240, perPicture: 8704 },
] as const;

/** The least level that old phones are asked to play this with. */
export function levelOf({ width, height }: Size, framesPerSecond: number): string {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const fits = LEVELS.find((one) => blocks <= one.perPicture && blocks * framesPerSecond <= one.perSecond);
  return fits?.level ?? '5.1';
}
