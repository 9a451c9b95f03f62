'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { SettingsForm } from '#components/form/settings-form';
import { DeliveryState } from './delivery';

/** Whether people here may turn on notifications: nobody's device has any before the clinic agrees. */
export function PushForm() {
  const t = useTranslations('pushSettings');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  const { data: delivery } = useSuspenseQuery(trpc.contact.delivery.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic.push);
  const edit = useMutation(
    trpc.clinic.editPush.mutationOptions({
      onSuccess: ({ push }) => {
        setSeen(push);
        return queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <SettingsForm
      id="push-settings"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={(form) => edit.mutate({ version: seen.version, isAgreed: form.get('isAgreed') !== null })}
      beforeSave={
        <>
          {seen.isAgreed ? <DeliveryState state={delivery.push} /> : null}
          <p className="small muted">{t('end')}</p>
        </>
      }
    >
      <p className="max-w-prose md:col-span-3">{t('learns')}</p>
      <label className="flex min-h-12 items-center gap-3 md:col-span-3">
        <input type="checkbox" className="size-6 flex-none" name="isAgreed" defaultChecked={seen.isAgreed} />
        {t('agree')}
      </label>
    </SettingsForm>
  );
}
