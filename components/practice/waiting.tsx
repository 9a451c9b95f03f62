'use client';

import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';

/** In the place of "Start" where an exercise waits: it can be pressed, starts nothing, and says why. */
export function Waiting({ name }: { name: string }) {
  const t = useTranslations('limitPlain');
  const [pressed, setPressed] = useState(false);
  return (
    <div className="grid w-full gap-1">
      <button
        type="button"
        className="btn quiet w-full"
        aria-disabled="true"
        aria-label={t('waitsNamed', { name })}
        onClick={() => setPressed(true)}
      >
        {t('waits')}
      </button>
      <p role="status" className="font-bold">
        {pressed ? t('why') : ''}
      </p>
    </div>
  );
}
