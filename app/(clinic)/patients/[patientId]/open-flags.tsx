'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { placeAfterFlags } from '#client/practice/place-after';
import { Problem, TextField } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { RED_FLAG_QUESTIONS, type RedFlag } from '#domain/practice/pain-policy';

/** What somebody must look at, with the rule that fired; it closes with what was done. */
export function OpenFlags({ patientId, timeZone }: { patientId: string; timeZone: string }) {
  const t = useTranslations('record');
  const format = useFormatter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const pages = useInfiniteQuery(
    trpc.flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags }),
  );
  const flags = pages.data?.pages.flat() ?? [];
  const resolve = useMutation(trpc.flags.resolve.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  if (flags.length === 0) return null;
  return (
    <section className="grid gap-3 lg:col-span-2" aria-labelledby="flags">
      <h2 id="flags" className="section-title">
        {t('flags')}
      </h2>
      {flags.map((flag) => {
        const when = format.dateTime(flag.raisedAt, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
          timeZone,
        });
        return (
          <form
            key={flag.id}
            className="card grid items-end gap-3 border-stop p-4 md:grid-cols-[1.2fr_1fr_auto]"
            onSubmit={(event) => {
              event.preventDefault();
              resolve.mutate({
                patientId,
                flagId: flag.id,
                resolution: String(new FormData(event.currentTarget).get('resolution')),
              });
            }}
          >
            <FlagWords flag={flag} when={when} />
            <TextField label={t('resolution')} name="resolution" required maxLength={500} />
            <button type="submit" className="btn quiet min-h-12" aria-label={t('resolveNamed', { when })}>
              {t('resolve')}
            </button>
          </form>
        );
      })}
      <MoreButton pages={pages} label={t('olderFlags')} />
      <Problem reason={resolve.error ? problemOf(resolve.error).reason : null} />
    </section>
  );
}

type Flag = Outputs['flags']['open'][number];

/** Which rule fired, on what, and the question that was answered yes. */
function FlagWords({ flag, when }: { flag: Flag; when: string }) {
  const t = useTranslations('record');
  const p = useTranslations('pain');
  const { severity, rule, kind, sourceKind, sourceId } = flag;
  return (
    <div className="grid gap-1 self-center">
      <p className="state stop whitespace-normal">
        <OctagonAlert size={22} aria-hidden="true" />
        {t('flagText', { severity, rule: t(`rule.${isRule(rule) ? rule : 'other'}`), when })}
      </p>
      {isRedFlag(kind) ? <p>{p(`redFlag.${kind}`)}</p> : null}
      <p className="muted">
        {sourceKind === 'check_in' ? (
          <Link href={`/review/${sourceId}`} prefetch={false}>
            {t('source.check_in')}
          </Link>
        ) : (
          t(`source.${sourceKind}`)
        )}
      </p>
    </div>
  );
}

const RULES = [
  'red_flag',
  'urgent_from',
  'red_from',
  'prescription_limit',
  'red_rise',
  'it_hurts',
  'not_settled',
] as const;

function isRule(rule: string): rule is (typeof RULES)[number] {
  return (RULES as readonly string[]).includes(rule);
}

function isRedFlag(kind: string): kind is RedFlag {
  return RED_FLAG_QUESTIONS.some(({ code }) => code === kind);
}
