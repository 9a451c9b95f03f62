'use client';

import { ALargeSmall } from 'lucide-react';
import { setAppearance, TEXT_SIZES, THEMES, useAppearance } from '#client/device/appearance';
import { useTranslations } from '#client/device/words/translations';
import { Segments } from '#components/form/field';

/** Size of text, light or dark: chosen on this device, at once, signed in or not. */
export function AppearanceChoice() {
  const t = useTranslations('appearance');
  const appearance = useAppearance();
  return (
    <div className="grid gap-3">
      <Segments
        legend={t('text')}
        name="text-size"
        choices={TEXT_SIZES.map((value) => ({ value, label: t('percent', { percent: Number(value) }) }))}
        value={appearance.textSize}
        onChange={(textSize) => setAppearance({ ...appearance, textSize })}
      />
      <Segments
        legend={t('theme')}
        name="theme"
        choices={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
        value={appearance.theme}
        onChange={(theme) => setAppearance({ ...appearance, theme })}
      />
    </div>
  );
}

/** "Aa", for pages where nobody is signed in. */
export function AppearanceMenu() {
  const t = useTranslations('appearance');
  return (
    <details className="relative self-center">
      <summary className="grid size-12 cursor-pointer list-none place-items-center rounded-m" aria-label={t('label')}>
        <ALargeSmall aria-hidden="true" />
      </summary>
      <div className="card absolute end-0 z-20 max-sm:fixed max-sm:inset-x-4 w-80 max-sm:w-auto p-4 shadow-(--shadow-1)">
        <AppearanceChoice />
      </div>
    </details>
  );
}
