import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { idSchema } from '#domain/input/fields';
import { pageCaller, requireConsentingPatient } from '../../../_server/caller';
import { NewCheckIn } from './new-check-in';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('checkIns'))('new') };
}

/** Only the shell comes from the server: recording works without a line. */
export default async function NewCheckInPage({ searchParams }: PageProps<'/check-ins/new'>) {
  const { userId } = await requireConsentingPatient();
  const about = idSchema.safeParse((await searchParams).about);
  const { consents, kept } = await (await pageCaller()).patients.myConsents();
  const agrees = consents.some(({ kind, inForce }) => kind === 'clips' && inForce);
  const clips = { agrees, keptDays: kept.clips };
  return <NewCheckIn userId={userId} about={about.data ?? null} clips={clips} />;
}
