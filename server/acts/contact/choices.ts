import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Body, Db } from '#db/body';
import { type Contact, findChoices, findClinicOf, saveChoices } from '#db/queries/contact/person';
import { type ContactChoices, contactChoicesSchema, DEFAULT_CHOICES } from '#domain/contact/choices';
import { type Audience, type Group, groupsFor, isOptional } from '#domain/contact/kinds';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** As stored, or the defaults: a row that cannot be read keeps nobody from being told. */
export function choicesOf(row: unknown): ContactChoices {
  const parsed = contactChoicesSchema.safeParse(row);
  return parsed.success ? parsed.data : DEFAULT_CHOICES;
}

/** What an account chose, and the zone in which that is meant; null where it is nobody of whom news of that kind speaks. */
export function reachableAs(
  audience: Audience,
  contact: Contact | undefined,
): { choices: ContactChoices; timeZone: string } | null {
  if (!contact) return null;
  const zone = audience === 'patient' ? contact.recordZone : contact.isStaff ? contact.clinicZone : null;
  if (zone === null) return null;
  const choices = choicesOf(contact.choices);
  return { choices, timeZone: choices.timeZone ?? zone };
}

type Reader = { userId: string; isStaff: boolean; hasRecord: boolean };

/** What the account chose, and of what it can choose. */
export function* readChoices(d: Db, _work: UnitOfWork, { userId, isStaff, hasRecord }: Reader) {
  const said = [...(isStaff ? groupsFor('staff') : []), ...(hasRecord ? groupsFor('patient') : [])];
  return {
    choices: choicesOf(yield* findChoices(d, { userId })),
    groups: [...new Set(said)].filter(isOptional),
    hasDigest: isStaff,
  };
}

/** Turns groups off by the link of an e-mail. Returns false for an account of no clinic. */
export function* turnOff(
  d: Db,
  work: UnitOfWork,
  { userId, groups }: { userId: string; groups: readonly Group[] },
): Body<boolean> {
  const clinicId = yield* findClinicOf(d, { userId });
  if (clinicId === null) return false;
  const before = choicesOf(yield* findChoices(d, { userId }));
  const emailOff = [...new Set([...before.emailOff, ...groups.filter(isOptional)])];
  work.inClinic(clinicId);
  work.about(userId);
  if (!isDeepStrictEqual(emailOff, before.emailOff))
    yield* saveChoices(d, { userId, ...before, emailOff, changedAt: work.nowMs });
  return true;
}
