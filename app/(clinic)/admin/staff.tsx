'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField, TextField } from '#components/form/field';
import { InviteLink } from '#components/people/invite-link';
import { PasswordLink } from '#components/people/password-link';
import { disciplineSchema, roleSchema } from '#domain/input/fields';
import { EndAccess } from './end-access';

/** Assistants have no screens yet: an invitation to them would lead nowhere. */
const INVITED_ROLES = roleSchema.options.filter((role) => role !== 'assistant');

/** Who works here, who is invited, and the way in for the next. */
export function Staff({ ownUserId }: { ownUserId: string }) {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const { data: staff } = useSuspenseQuery(trpc.staff.list.queryOptions());
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="staff">
      <h2 id="staff" className="section-title">
        {t('staff')}
      </h2>
      <ul className="card divide-y divide-line">
        {staff.map((person) => (
          <li key={person.membershipId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="min-w-[min(100%,14rem)] grow">
              <strong className="block">{person.name}</strong>
              <span className="muted small">{person.email}</span>
            </span>
            <span>
              {t('roleAndDiscipline', {
                role: t(`roles.${person.role}`),
                discipline: t(`disciplines.${person.discipline}`),
              })}
            </span>
            {person.userId === ownUserId ? (
              <span className="chip">{t('you')}</span>
            ) : (
              <>
                <StaffPassword membershipId={person.membershipId} name={person.name} />
                <EndAccess membershipId={person.membershipId} name={person.name} />
              </>
            )}
          </li>
        ))}
      </ul>
      <OpenInvites />
      <InviteForm />
    </section>
  );
}

function StaffPassword({ membershipId, name }: { membershipId: string; name: string }) {
  const trpc = useTRPC();
  const making = useMutation(trpc.passwordLinks.ofStaff.mutationOptions());
  return <PasswordLink name={name} making={making} of={{ membershipId }} />;
}

function OpenInvites() {
  const t = useTranslations('admin');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: invites } = useSuspenseQuery(trpc.staff.invites.queryOptions());
  const withdraw = useMutation(
    trpc.staff.withdrawInvite.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }),
  );
  return (
    <div className="grid gap-1">
      <h3 className="label">{t('openInvites')}</h3>
      {invites.length === 0 ? <p className="muted">{t('noInvites')}</p> : null}
      <Problem reason={withdraw.error ? problemOf(withdraw.error).reason : null} />
      <ul>
        {invites.map((invite) => (
          <li key={invite.id} className="flex flex-wrap items-center gap-3">
            <span>
              {t('openInvite', {
                name: invite.name,
                role: t(`roles.${invite.role ?? 'clinician'}`),
                date: when(invite.expiresAt, 'date'),
              })}
            </span>
            <button
              type="button"
              className="btn quiet min-h-12"
              aria-busy={withdraw.isPending}
              onClick={() => withdraw.mutate({ inviteId: invite.id })}
            >
              {t('withdraw', { name: invite.name })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function InviteForm() {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const invite = useMutation(trpc.staff.invite.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const inviteOnce = useOneAtATime(invite);
  function submit(form: FormData) {
    inviteOnce({
      name: String(form.get('name')),
      role: roleSchema.parse(form.get('role')),
      discipline: disciplineSchema.parse(form.get('discipline')),
    });
  }
  return (
    <form
      className="card grid gap-4 p-4 md:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <TextField label={t('inviteName')} name="name" required maxLength={120} autoComplete="off" />
      <SelectField label={t('role')} name="role" defaultValue="clinician">
        {INVITED_ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('discipline')} name="discipline" defaultValue="OT">
        {disciplineSchema.options.map((discipline) => (
          <option key={discipline} value={discipline}>
            {t(`disciplines.${discipline}`)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-3 md:col-span-3">
        <Problem reason={invite.error ? problemOf(invite.error).reason : null} />
        <button type="submit" className="btn primary min-h-12 w-fit" aria-busy={invite.isPending}>
          {t('makeLink')}
        </button>
        {invite.data && invite.variables ? <InviteLink {...invite.data} name={invite.variables.name} /> : null}
      </div>
    </form>
  );
}
