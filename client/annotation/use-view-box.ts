'use client';

import { type RefObject, useEffect, useState } from 'react';
import { type ViewTransform, viewTransform } from '#domain/annotation/view-transform';

export type Picture = HTMLVideoElement | HTMLImageElement;

type Measured = { boxWidth: number; boxHeight: number; videoWidth: number; videoHeight: number };

function measure(box: HTMLElement, picture: Picture): Measured | null {
  const videoWidth = picture instanceof HTMLVideoElement ? picture.videoWidth : picture.naturalWidth;
  const videoHeight = picture instanceof HTMLVideoElement ? picture.videoHeight : picture.naturalHeight;
  const { width, height } = box.getBoundingClientRect();
  if (videoWidth === 0 || videoHeight === 0 || width === 0 || height === 0) return null;
  return { boxWidth: width, boxHeight: height, videoWidth, videoHeight };
}

export type ShownView = { transform: ViewTransform; width: number; height: number; aspect: number };

/** How the picture lies in its box, measured again when the box, the video's layer or the phone's rotation changes. */
export function useViewBox(
  box: RefObject<HTMLElement | null>,
  picture: Picture | null,
  fit: 'contain' | 'cover',
  mirror: boolean,
): ShownView | null {
  const [measured, setMeasured] = useState<Measured | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element || !picture) {
      setMeasured(null);
      return;
    }
    const update = () => setMeasured(measure(element, picture));
    const observer = new ResizeObserver(update);
    observer.observe(element);
    const events = ['resize', 'loadedmetadata', 'load'] as const;
    for (const event of events) picture.addEventListener(event, update);
    update();
    return () => {
      observer.disconnect();
      for (const event of events) picture.removeEventListener(event, update);
    };
  }, [box, picture]);
  if (!measured) return null;
  return {
    transform: viewTransform({ ...measured, fit, mirror }),
    width: measured.boxWidth,
    height: measured.boxHeight,
    aspect: measured.videoWidth / measured.videoHeight,
  };
}
