'use client';

import { useCallback, useEffect, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { Still } from '#client/visit/stills';
import type { Hold } from '#components/annotation/viewer';

type StillProps = {
  stillId: string;
  /** The picture where this page has it; else it comes from the server once that has it. */
  own: Still | undefined;
  ready: boolean;
};

/** The address of a still's picture: this page's own copy, or the server's; null while neither is there. */
function useStillUrl({ stillId, own, ready }: StillProps): string | null {
  const [ownUrl, setOwnUrl] = useState<string | null>(null);
  const blob = own?.blob;
  useEffect(() => {
    if (!blob) return setOwnUrl(null);
    const url = URL.createObjectURL(blob);
    setOwnUrl(url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  if (blob) return ownUrl;
  return ready ? `/api/media/${stillId}` : null;
}

/** A frozen frame; the same picture on both sides. */
export function StillPicture({
  hold,
  fit,
  alt,
  ...still
}: StillProps & { hold?: Hold; fit: 'contain' | 'cover'; alt: string }) {
  const t = useTranslations('visit.freeze');
  const url = useStillUrl(still);
  // The same function at each render: a new one would make the viewer measure its picture again.
  const attach = useCallback((element: HTMLImageElement) => hold?.(element), [hold]);
  if (!url) {
    return (
      <p role="status" className="grid size-full place-items-center p-4 text-center text-on-dark-2">
        {t('onTheWay')}
      </p>
    );
  }
  // A still is the patient's own, served to who may see it: nothing for an image optimiser to keep.
  // biome-ignore lint/performance/noImgElement: see above
  return <img ref={attach} src={url} alt={alt} className="size-full" style={{ objectFit: fit }} />;
}
