'use client';

import { problemOf } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { InviteLink } from './invite-link';

type Made = { url: string; qrSvg: string; expiresAt: number };
type Making<V> = {
  data: Made | undefined;
  error: unknown;
  isPending: boolean;
  mutateAsync(variables: V): Promise<Made>;
};

export function PasswordLink<V>({ name, making, of }: { name: string; making: Making<V>; of: V }) {
  const t = useTranslations('inviteLink');
  const makeOnce = useOneAtATime(making);
  return (
    <>
      <button
        type="button"
        className="btn quiet min-h-12 max-w-full whitespace-normal"
        aria-busy={making.isPending}
        onClick={() => makeOnce(of)}
      >
        {t('newPassword', { name })}
      </button>
      <Problem reason={making.error ? problemOf(making.error).reason : null} />
      {making.data ? (
        <div className="w-full">
          <InviteLink {...making.data} name={name} lead="passwordLead" />
        </div>
      ) : null}
    </>
  );
}
