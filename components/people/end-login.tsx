'use client';

import { problemOf } from '#client/api/trpc';
import { useSecondStep } from '#client/device/second-step';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

type Doing = { mutate(variables: { patientId: string }): void; isPending: boolean; error: unknown };
type Login = { patientId: string; name: string };

/** Ends a patient's login, asked once, or lets the person sign in again. */
export function EndLogin({ endedAt, ending, giving, ...login }: Login & EndingProps) {
  const problem = ending.error ?? giving.error;
  return (
    <div className="grid w-full justify-items-start gap-2">
      <Problem reason={problem ? problemOf(problem).reason : null} />
      {endedAt === null ? <End {...login} ending={ending} /> : <GiveBack {...login} giving={giving} />}
    </div>
  );
}

type EndingProps = { endedAt: number | null; ending: Doing; giving: Doing };

function GiveBack({ patientId, name, giving }: Login & Pick<EndingProps, 'giving'>) {
  const t = useTranslations('records');
  return (
    <button
      type="button"
      className="btn quiet min-h-12"
      aria-busy={giving.isPending}
      onClick={() => {
        if (!giving.isPending) giving.mutate({ patientId });
      }}
    >
      {t('giveBack', { name })}
    </button>
  );
}

function End({ patientId, name, ending }: Login & Pick<EndingProps, 'ending'>) {
  const t = useTranslations('records');
  const { asked, ask, keep, first, keepButton } = useSecondStep();
  if (!asked) {
    return (
      <button ref={first} type="button" className="btn plain min-h-12 max-w-full whitespace-normal" onClick={ask}>
        {t('endLogin', { name })}
      </button>
    );
  }
  return (
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
          aria-busy={ending.isPending}
          onClick={() => {
            if (!ending.isPending) ending.mutate({ patientId });
          }}
        >
          {t('endLoginNow')}
        </button>
      </div>
    </fieldset>
  );
}
