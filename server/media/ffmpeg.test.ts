import { expect, it } from 'vitest';
import { readSaid } from './ffmpeg';

it('reads what ffmpeg says of its input, in the words of several versions', () => {
  const old = `[graph 0 input from stream 0:0 @ 0x1] w:320 h:180 pixfmt:yuv420p
Error while decoding stream #0:1: Invalid data found when processing input
[graph 0 input from stream 0:0 @ 0x2] w:180 h:320 pixfmt:yuv420p
[matroska,webm @ 0x3] File ended prematurely at pos. 42 (0x2a)`;
  expect(readSaid(old)).toEqual({ sizes: 2, badStreams: new Set([1]), isBrokenOff: true });
  const since = `[graph 0 input from stream 0:0 @ 0x1] w:320 h:180 pixfmt:yuv420p
[vist#0:0/h264 @ 0x4] [dec:h264 @ 0x5] Error submitting packet to decoder: Invalid data found
[graph 0 input from stream 0:0 @ 0x2] w:320 h:180 pixfmt:yuv420p10le`;
  expect(readSaid(since)).toEqual({ sizes: 1, badStreams: new Set([0]), isBrokenOff: false });
  expect(readSaid('')).toEqual({ sizes: 0, badStreams: new Set(), isBrokenOff: false });
});
