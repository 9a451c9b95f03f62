import type { Outputs } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { useDoseWords } from '#components/program/dose-words';

type Prescribed = Outputs['visitRecord']['get']['prescribed'];

/** Which exercise changed, and to what. */
export function NewDoseWords({ news, onClose }: { news: Prescribed; onClose(): void }) {
  const t = useTranslations('visit');
  const n = useTranslations('today');
  const doseWords = useDoseWords();
  return (
    <div className="grid gap-1 py-2">
      <strong>{t('newDose')}</strong>
      {news.flatMap(({ changes }) =>
        changes.map(({ name, side, after }) => (
          <span key={`${name} ${side}`}>
            {t('newDoseOf', { exercise: n('named', { exercise: name, side }), dose: doseWords(after) })}
          </span>
        )),
      )}
      <button type="button" className="btn quiet min-h-12 w-fit" onClick={onClose}>
        {t('newDoseSeen')}
      </button>
    </div>
  );
}
