import 'server-only';
import type { Body, Db } from '#db/body';
import { findBarrierOwner, insertBarrier, listBarriers } from '#db/queries/contact/barriers';
import type { PatientStanding } from '#db/queries/people/access';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { SayBarrier } from '#domain/practice/barriers';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { requireOpenEpisode } from './thread-access';

/** As many as a clinician reads before answering. */
const SHOWN = 10;

type Say = { standing: PatientStanding; userId: string; input: SayBarrier };

/** Keeps what was hard at home, what was suggested and what came of it; once per id of the device that said it. */
export function* sayBarrier(d: Db, work: UnitOfWork, { standing, userId, input }: Say): Body<{ said: true }> {
  const { barrierId, code, words, suggestion, outcome } = input;
  const queued = { opId: barrierId, userId, procedure: 'barriers.say', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const taken = yield* findBarrierOwner(d, { barrierId });
    if (taken) throw taken.saidBy === userId ? new Failure('CONFLICT', 'operation_differs') : notFound();
    const { id: episodeId } = yield* requireOpenEpisode(d, standing, input.episodeId);
    const said = work.rightClock({ times: [input.saidAt], clock: input.clock })(input.saidAt);
    const times = { saidAt: said.at, deviceSaidAt: said.deviceAt, receivedAt: work.nowMs };
    const row = { id: barrierId, ...standing.scope, episodeId, saidBy: userId, code, words, suggestion, outcome };
    yield* insertBarrier(d, { ...row, ...times });
    work.about(barrierId);
    work.tell('message', episodeId, { patientId: standing.scope.patientId });
    return { said: true as const };
  });
}

/** What was hard at home last, for whoever treats the patient. */
export function* readBarriers(d: Db, scope: PatientScope) {
  return yield* listBarriers(d, { ...scope, limit: SHOWN });
}
