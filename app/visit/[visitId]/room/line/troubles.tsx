'use client';

import { useTranslations } from '#client/device/words/translations';
import type { LineState } from '#client/visit/line-state';

/** A device that did not open, or went while it was in use: which, and what to do. */
export function DeviceTroubles({ troubles }: Pick<LineState, 'troubles'>) {
  const t = useTranslations('device');
  const said = (['microphone', 'camera'] as const).flatMap((kind) => {
    const trouble = troubles[kind];
    return trouble ? [{ kind, trouble }] : [];
  });
  if (said.length === 0) return null;
  return (
    <div role="alert" className="w-full">
      <ul className="grid gap-1">
        {said.map(({ kind, trouble }) => (
          <li key={kind} className="text-[#ff9f9b]">
            <strong className="block">{t(`${kind}.${trouble}`)}</strong>
            {t(`help.${trouble}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
