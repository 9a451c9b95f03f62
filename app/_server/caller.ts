import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '#server/auth/gate';
import { createCaller } from '#server/routers/app';
import { createContext } from '#server/routers/context';
import { getProcess } from '#server/runtime/process';

/** The context of this page, once per request. Reading goes through the same procedures as the browser's. */
export const pageContext = cache(async () => {
  const jar = await cookies();
  return await createContext(getProcess(), (name) => jar.get(name)?.value, await headers());
});

export const pageCaller = cache(async () => createCaller(await pageContext()));

/** Who is signed in, or the way to the sign-in page. Every page asks for itself; no layout answers for it. */
export async function requireActor(): Promise<Actor> {
  const { actor } = await pageContext();
  if (!actor) redirect('/sign-in');
  return actor;
}

/** A page of the clinic: patients are sent to theirs. */
export async function requireStaff(): Promise<Actor> {
  const actor = await requireActor();
  if (actor.roles.length === 0) redirect(homeOf(actor));
  return actor;
}

/** A page of the patient: staff are sent to theirs. */
export async function requirePatient(): Promise<Actor & { patientId: string }> {
  const actor = await requireActor();
  if (!actor.patientId) redirect(homeOf(actor));
  return { ...actor, patientId: actor.patientId };
}

/** A page of the patient that needs the first consents: who has not agreed yet is asked first. */
export async function requireConsentingPatient(): Promise<Actor & { patientId: string }> {
  const patient = await requirePatient();
  const { asked } = await (await pageCaller()).patients.consentNeeded();
  if (asked) redirect('/welcome');
  return patient;
}

/** The home of an account that has no screens of its own yet, such as an assistant's. */
export const HOME_WITHOUT_SCREENS = '/account';

/** Where an account begins. Every home must let its account in, or the way there is a loop. */
export function homeOf(actor: Actor): string {
  if (actor.roles.includes('clinician')) return '/patients';
  if (actor.roles.includes('admin')) return '/admin';
  return actor.patientId ? '/today' : HOME_WITHOUT_SCREENS;
}
