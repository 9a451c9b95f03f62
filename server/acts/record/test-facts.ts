import 'server-only';
import type { Body, Db } from '#db/body';
import { findEpisode, findOpenEpisode } from '#db/queries/people/patients';
import { listHeldStops } from '#db/queries/practice/stops';
import { listStanding } from '#db/queries/record/restrictions';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import { forbiddenTest, type TestFacts } from '#domain/record/forbidden';
import type { MeasureInput } from '#domain/record/measure-input';
import type { LocalDay } from '#domain/time/local-day';

type Asked = { scope: PatientScope; episodeId: string | null; onDay: LocalDay };

/** What the record says on a day of what may be tested; of the hand problem that is open where none is named. */
export function* readTestFacts(d: Db, { scope, episodeId, onDay }: Asked): Body<TestFacts> {
  const episode =
    episodeId === null ? yield* findOpenEpisode(d, scope) : yield* findEpisode(d, { ...scope, episodeId });
  if (!episode && episodeId !== null) throw notFound();
  const stops = yield* listHeldStops(d, scope);
  const standing = yield* listStanding(d, { ...scope, day: onDay });
  return {
    stops: stops.map(({ lineageId, severity, saidAt }) => ({ lineageId, severity, saidAt })),
    restrictions: standing.map(({ id, side, limit, untilOn, liftedAt }) => ({ id, side, limit, untilOn, liftedAt })),
    side: episode?.side ?? null,
    surgeryOn: episode?.surgeryOn ?? null,
    onDay,
  };
}

type Tested = { readonly measure: MeasureInput; readonly measuredAt: number };

/**
 * Those that something forbade on their day. What stands in a letter was measured by somebody else; what was measured before
 * an answer stopped all was not stopped by it, nor was what that pain itself ended.
 */
export function* forbiddenAmong<T extends Tested>(d: Db, tested: readonly T[], asked: Asked): Body<T[]> {
  const facts = yield* readTestFacts(d, asked);
  return tested.filter(({ measure, measuredAt }) => {
    const isEnded = measure.stoppedFor === 'pain';
    const stops = isEnded ? [] : facts.stops.filter(({ saidAt }) => saidAt <= measuredAt);
    return measure.method !== 'stated' && forbiddenTest(measure, { ...facts, stops }) !== null;
  });
}
