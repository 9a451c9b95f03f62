'use client';

import type { Outputs } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { CONSENT_KINDS, type ConsentKind } from '#domain/people/patient';

type Consent = Outputs['patients']['get']['consents'][number];

/** Nothing asks for these two yet; they are shown once there is something to show. */
const ONLY_WHEN_GIVEN: readonly ConsentKind[] = ['caregiver', 'teaching'];

/** What the patient agreed to, since when, and what was taken back. Only the patient changes it. */
export function PatientConsents({ consents, timeZone }: { consents: readonly Consent[]; timeZone: string }) {
  const t = useTranslations('patientConsents');
  const kinds = CONSENT_KINDS.filter(
    (kind) => !ONLY_WHEN_GIVEN.includes(kind) || consents.some((consent) => consent.kind === kind),
  );
  return (
    <section className="card grid grid-cols-1 gap-3 p-4" aria-labelledby="consents">
      <h2 id="consents" className="section-title">
        {t('title')}
      </h2>
      <p className="muted small">{t('lead')}</p>
      <dl className="grid gap-2">
        {kinds.map((kind) => (
          <div key={kind}>
            <dt className="font-semibold">{t(`kind.${kind}`)}</dt>
            <dd>
              <Since rows={consents.filter((consent) => consent.kind === kind)} timeZone={timeZone} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every time it was given, the last one first: a consent that was taken back stays on record. */
function Since({ rows, timeZone }: { rows: readonly Consent[]; timeZone: string }) {
  const t = useTranslations('patientConsents');
  const when = useWhen(timeZone);
  const day = (at: number) => when(at, 'date');
  if (rows.length === 0) return <span className="muted">{t('none')}</span>;
  return rows.map((row) => (
    <span key={row.id} className={row.revokedAt === null ? 'block' : 'muted block'}>
      {row.revokedAt === null
        ? t(row.inForce ? 'since' : 'toOlderText', { date: day(row.givenAt) })
        : t(rows.some((next) => next.givenAt === row.revokedAt) ? 'renewed' : 'takenBack', {
            from: day(row.givenAt),
            date: day(row.revokedAt),
          })}
    </span>
  ));
}
