import { useTranslations } from '#client/device/words/translations';
import { DoseSteppers } from '#components/program/dose-steppers';
import type { Dose } from '#domain/program/dose';

type DoseChangeProps = { before: Dose; dose: Dose; onChange(dose: Dose): void };

/** The next dose beside the answer, with what it was and what the patient will read. */
export function DoseChange(props: DoseChangeProps) {
  const t = useTranslations('review');
  return (
    <section className="card grid gap-3 border-2 border-action-ink p-4" aria-label={t('dose')}>
      <h2 className="section-title">{t('dose')}</h2>
      <DoseSteppers {...props} />
    </section>
  );
}
