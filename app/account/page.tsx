import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HOME_WITHOUT_SCREENS, homeOf, requireActor } from '../_server/caller';
import { Hydrate, prefetch } from '../_server/hydrate';
import { Account } from './account';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accountPage'))('title') };
}

export default async function AccountPage() {
  const actor = await requireActor();
  await prefetch((trpc, load) => [
    load(trpc.account.me.queryOptions()),
    load(trpc.account.units.queryOptions()),
    load(trpc.account.sessions.queryOptions()),
    load(trpc.contact.choices.queryOptions()),
    load(trpc.contact.push.queryOptions()),
    load(trpc.contact.calendars.queryOptions()),
    ...(actor.patientId === null ? [] : [load(trpc.reminders.own.queryOptions())]),
  ]);
  return (
    <Hydrate>
      <Account hasScreens={homeOf(actor) !== HOME_WITHOUT_SCREENS} />
    </Hydrate>
  );
}
