'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments } from '#components/form/field';
import { FORCE_UNITS, type ForceUnit, forceUnitSchema } from '#domain/record/units';

/** In which unit this account reads and types strength; what is stored stays as it is. */
export function ForceUnits() {
  const t = useTranslations('forceUnits');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [picked, setPicked] = useState<ForceUnit | null>();
  const { data: units } = useSuspenseQuery(trpc.account.units.queryOptions());
  const choose = useMutation(
    trpc.account.chooseForceUnit.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.account.units.queryKey() }),
      onError: () => setPicked(undefined),
    }),
  );
  // At the press: a field that goes back for a moment reads as one that was not heard.
  const chosen = picked === undefined ? units.force : picked;
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="force-units">
      <h2 id="force-units" className="section-title">
        {t('title')}
      </h2>
      <p className="muted">{t('hint')}</p>
      <Segments
        legend={t('legend')}
        name="force-unit"
        choices={[
          { value: 'default', label: t('default') },
          ...FORCE_UNITS.map((value) => ({ value, label: t(value) })),
        ]}
        value={chosen ?? 'default'}
        onChange={(value) => {
          const unit = forceUnitSchema.safeParse(value).data ?? null;
          setPicked(unit);
          choose.mutate({ unit });
        }}
      />
      <p role="status" className={choose.isSuccess ? 'text-good' : 'vh'}>
        {choose.isSuccess ? t('saved') : ''}
      </p>
      <Problem reason={choose.error ? problemOf(choose.error).reason : null} />
    </section>
  );
}
