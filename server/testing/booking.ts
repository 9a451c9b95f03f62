import 'server-only';
import type { createCaller } from '#server/routers/app';

type Caller = ReturnType<typeof createCaller>;

/** Schedules a visit beside whatever is at the same time, as somebody does who saw that and took the second step. */
export async function book(
  caller: Caller,
  asked: Parameters<Caller['visits']['schedule']>[0],
): Promise<{ visitId: string }> {
  const { patientId, startsAt, durationMinutes } = asked;
  const { overlaps } = await caller.visits.overlaps({ patientId, startsAt, durationMinutes });
  return await caller.visits.schedule({ ...asked, despite: overlaps.map(({ id }) => id) });
}
