'use client';

import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { HeldStop } from '#domain/practice/said';

/** In the place of "Start" where something is stopped: it can be pressed, starts nothing, and says why. */
export function NotOffered({ stop, name }: { stop: HeldStop; name: string }) {
  const t = useTranslations('stop');
  const [pressed, setPressed] = useState(false);
  const words = t(stop.severity === 'urgent' ? 'row.clinic' : 'row.morning');
  return (
    <div className="grid w-full gap-1">
      <button
        type="button"
        className="btn quiet w-full"
        aria-disabled="true"
        aria-label={t('row.named', { name, words })}
        onClick={() => setPressed(true)}
      >
        {words}
      </button>
      <p role="status" className="font-bold">
        {pressed ? t('notOffered') : ''}
      </p>
    </div>
  );
}
