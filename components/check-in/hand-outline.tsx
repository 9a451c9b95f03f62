import type { FilmingView } from '#domain/check-in/filming-view';

/** Both are drawn as a right hand; the mirror image is the left one. */
const PATH: Record<FilmingView, string> = {
  side: 'M178 640C180 570 166 530 164 460C162 390 192 340 198 280C203 216 203 158 209 122C215 80 265 80 269 122C274 166 269 222 271 280C273 312 279 342 287 364C302 334 318 298 336 268C354 240 392 256 384 292C372 340 348 406 330 446C314 486 304 560 306 640',
  above:
    'M164 640C168 590 148 556 128 516C102 466 68 408 54 372C42 338 78 318 99 344C119 372 136 404 152 420C148 348 130 230 123 172C118 132 166 124 174 162C184 220 193 280 204 328C204 260 199 162 202 112C205 72 250 72 254 112C258 172 257 250 261 326C271 270 283 192 293 144C302 108 345 116 341 154C335 222 324 290 320 342C334 306 352 264 366 232C383 200 420 216 410 250C394 312 374 370 362 430C352 490 320 560 318 640',
};

/** Where to hold the hand, as a dashed line on the camera picture: decoration beside the words that say it. */
export function HandOutline({ view, mirrored }: { view: FilmingView; mirrored: boolean }) {
  return (
    <svg
      className="marks hand-outline"
      viewBox="0 0 480 640"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden="true"
      style={mirrored ? { transform: 'scaleX(-1)' } : undefined}
    >
      <path className="case" d={PATH[view]} />
      <path className="core measure" d={PATH[view]} />
    </svg>
  );
}
