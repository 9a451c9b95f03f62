import { useTranslations } from '#client/device/words/translations';
import { TextArea, TextField } from '#components/form/field';
import type { Details } from './use-booking';

type DetailsProps = { details: Details; onChange(details: Details): void };

/** What whoever holds the visit has to know before it; folded until it is needed. */
export function VisitDetails({ details, onChange }: DetailsProps) {
  const t = useTranslations('schedule.details');
  const { purpose, interpreter, helperWanted } = details;
  const isFilled = Boolean(purpose || interpreter || helperWanted);
  return (
    <details className="@xl:col-span-2" open={isFilled || undefined}>
      <summary className="min-h-12 cursor-pointer py-3 font-bold text-action-ink">{t('title')}</summary>
      <div className="grid gap-4">
        <TextArea
          label={t('purpose')}
          value={purpose ?? ''}
          maxLength={500}
          rows={2}
          onChange={({ target }) => onChange({ ...details, purpose: target.value })}
        />
        <TextField
          label={t('interpreter')}
          hint={t('interpreterHint')}
          value={interpreter ?? ''}
          maxLength={60}
          autoComplete="off"
          onChange={({ target }) => onChange({ ...details, interpreter: target.value })}
        />
        <label className="flex min-h-12 items-center gap-3">
          <input
            type="checkbox"
            className="size-6"
            checked={helperWanted}
            onChange={({ target }) => onChange({ ...details, helperWanted: target.checked })}
          />
          {t('helper')}
        </label>
      </div>
    </details>
  );
}
