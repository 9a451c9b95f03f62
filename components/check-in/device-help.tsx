'use client';

import type { DeviceCheck } from '#client/device/media/use-device-check';
import { useTranslations } from '#client/device/words/translations';

type DeviceHelpProps = { check: DeviceCheck; kinds: ('camera' | 'microphone')[] };

export function DeviceHelp({ check, kinds }: DeviceHelpProps) {
  const t = useTranslations('device');
  const broken = kinds.flatMap((kind) => {
    const state = check[kind];
    return state === 'ready' || state === 'asking' || state === 'off' ? [] : [{ kind, state }];
  });
  if (broken.length === 0) return null;
  return (
    <div role="alert" className="grid justify-items-start gap-2">
      <ul className="grid gap-2">
        {broken.map(({ kind, state }) => (
          <li key={kind} className="note">
            <strong className="block">{t(`${kind}.${state}`)}</strong>
            {t(`help.${state}`)}
          </li>
        ))}
      </ul>
      <button type="button" className="btn quiet" onClick={() => check.retry()}>
        {t('retry')}
      </button>
    </div>
  );
}
