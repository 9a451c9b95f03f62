import 'server-only';
import type { Primaries, Transfer } from '#domain/check-in/tone-map';

/** What a file says of its colours, in ffmpeg's words; undefined where it says nothing. */
export type ColourTags = {
  pixelFormat?: string;
  range?: string;
  matrix?: string;
  transfer?: string;
  primaries?: string;
};

type Matrix = 'bt709' | 'bt601' | 'bt2020' | 'smpte240m' | 'fcc';

/** How to read the colours of a file; `table` where more is to be done than another matrix. */
export type ColourReading = {
  matrix: Matrix;
  range: 'tv' | 'pc';
  table: { transfer: Transfer; primaries: Primaries } | null;
  isHdr: boolean;
};

const MATRICES: Record<string, Matrix> = {
  bt709: 'bt709',
  smpte170m: 'bt601',
  bt470bg: 'bt601',
  bt601: 'bt601',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
  bt2020: 'bt2020',
  smpte240m: 'smpte240m',
  fcc: 'fcc',
};
const HDR: Record<string, Transfer> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' };
const WIDE: Record<string, Primaries> = { bt2020: 'bt2020', smpte432: 'p3', smpte431: 'p3' };
/** Browsers take what says nothing for BT.601 below this height, and for BT.709 from it on. */
const HD_HEIGHT = 720;

/** By its tags; where there are none, as browsers take it, so that both sides see what was seen before it was sent. */
export function readColours(tags: ColourTags, height: number): ColourReading {
  const transfer = HDR[tags.transfer ?? ''] ?? 'sdr';
  const isHdr = transfer !== 'sdr';
  // HDR without primaries is BT.2020: no other is made.
  const primaries = WIDE[tags.primaries ?? ''] ?? (isHdr && tags.primaries !== 'bt709' ? 'bt2020' : 'bt709');
  const guess = height < HD_HEIGHT ? 'bt601' : 'bt709';
  const unsaid = primaries === 'bt2020' ? 'bt2020' : guess;
  return {
    matrix: MATRICES[tags.matrix ?? ''] ?? unsaid,
    range: tags.range === 'pc' || tags.pixelFormat?.startsWith('yuvj') ? 'pc' : 'tv',
    table: isHdr || primaries !== 'bt709' ? { transfer, primaries } : null,
    isHdr,
  };
}

/** Into BT.709 of limited range, after `resized`, a `scale` filter that is given how to read the colours. */
export function colourFilters({ matrix, range, table }: ColourReading, resized: string, cube: string): string {
  const read = `${resized}:in_color_matrix=${matrix}:in_range=${range}:flags=bicubic+accurate_rnd+full_chroma_int`;
  const write = 'scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int,format=yuv420p';
  if (table) return `${read},format=gbrp12le,lut3d=file=${cube}:interp=tetrahedral,${write}`;
  if (matrix === 'bt709' && range === 'tv') return `${read}:out_color_matrix=bt709:out_range=tv,format=yuv420p`;
  return `${read},format=gbrp,${write}`;
}

/** Said in the file too, so that no browser has to guess. */
export const BT709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
export const BT709_TAGS = [
  ...['-color_range', 'tv', '-color_primaries', 'bt709'],
  ...['-color_trc', 'bt709', '-colorspace', 'bt709'],
];
