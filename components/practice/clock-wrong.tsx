import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';

/** Beside a time that was put right: what the device's clock had said. Nothing where it was right. */
export function ClockWrong({ said, timeZone }: { said: number | null; timeZone: string }) {
  const t = useTranslations('clock');
  const when = useWhen(timeZone);
  if (said === null) return null;
  return <span className="state care small w-fit whitespace-normal">{t('wrong', { when: when(said, 'dated') })}</span>;
}
