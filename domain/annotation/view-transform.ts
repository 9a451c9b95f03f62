import type { Point } from './mark';

export type ViewBox = {
  readonly boxWidth: number;
  readonly boxHeight: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly fit: 'contain' | 'cover';
  /** The picture is shown flipped, as a self-view is. Text and labels are never flipped. */
  readonly mirror: boolean;
  readonly zoom?: { readonly scale: number; readonly centerX: number; readonly centerY: number };
};

export type Pixel = { readonly x: number; readonly y: number };

export type ViewTransform = {
  /** From content, [0,1] of the unmirrored video, to CSS pixels of the element's box. */
  toView(point: Point): Pixel;
  /** Back; outside the picture the result lies outside [0,1]. */
  toContent(pixel: Pixel): Point;
  /** Where the whole picture lies in the box, in CSS pixels; with `cover` it reaches beyond the box. */
  readonly content: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
};

/** The one mapping between a picture and the box it is shown in. Recomputed whenever either changes its size. */
export function viewTransform(view: ViewBox): ViewTransform {
  const { boxWidth, boxHeight, videoWidth, videoHeight, fit, mirror } = view;
  const zoom = view.zoom ?? { scale: 1, centerX: 0.5, centerY: 0.5 };
  const across = boxWidth / videoWidth;
  const down = boxHeight / videoHeight;
  const scale = (fit === 'contain' ? Math.min(across, down) : Math.max(across, down)) * zoom.scale;
  const width = videoWidth * scale;
  const height = videoHeight * scale;
  const centerX = mirror ? 1 - zoom.centerX : zoom.centerX;
  const left = boxWidth / 2 - width * centerX;
  const top = boxHeight / 2 - height * zoom.centerY;
  const flip = (x: number) => (mirror ? 1 - x : x);
  return {
    toView: ({ x, y }) => ({ x: left + flip(x) * width, y: top + y * height }),
    toContent: ({ x, y }) => ({ x: flip((x - left) / width), y: (y - top) / height }),
    content: { left, top, width, height },
  };
}
