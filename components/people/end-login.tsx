'use client';

import { useTranslations } from 'next-intl';
import { problemOf } from '#client/api/trpc';
import { useSecondStep } from '#client/device/second-step';
import { Problem } from '#components/form/field';

type Doing = { mutate(variables: { patientId: string }): void; isPending: boolean; error: unknown };
type EndLoginProps = { patientId: string; name: string; endedAt: number | null; ending: Doing; giving: Doing };

/** Ends a patient's login, asked once, or lets the person sign in again. */
export function EndLogin({ patientId, name, endedAt, ending, giving }: EndLoginProps) {
  const t = useTranslations('records');
  const { asked, ask, keep, first, keepButton } = useSecondStep();
  const problem = ending.error ?? giving.error;
  const isBusy = ending.isPending || giving.isPending;
  return (
    <div className="grid w-full justify-items-start gap-2">
      <Problem reason={problem ? problemOf(problem).reason : null} />
      {endedAt === null ? null : (
        <button
          type="button"
          className="btn quiet min-h-12"
          aria-busy={isBusy}
          onClick={() => {
            if (!isBusy) giving.mutate({ patientId });
          }}
        >
          {t('giveBack', { name })}
        </button>
      )}
      {endedAt === null && !asked ? (
        <button ref={first} type="button" className="btn plain min-h-12" onClick={ask}>
          {t('endLogin', { name })}
        </button>
      ) : null}
      {endedAt === null && asked ? (
        <fieldset className="grid gap-3">
          <legend className="vh">{t('endLogin', { name })}</legend>
          <p role="alert" className="font-bold">
            {t('endLoginAsk', { name })}
          </p>
          <div className="flex flex-wrap gap-3">
            <button ref={keepButton} type="button" className="btn quiet min-h-12" onClick={keep}>
              {t('keepLogin')}
            </button>
            <button
              type="button"
              className="btn stop min-h-12"
              aria-busy={isBusy}
              onClick={() => {
                if (!isBusy) ending.mutate({ patientId });
              }}
            >
              {t('endLoginNow')}
            </button>
          </div>
        </fieldset>
      ) : null}
    </div>
  );
}
