import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { visitParticipants } from '#db/schema/visits';
import { findParticipant, type VisitParticipantRow } from './visits';

type AtDoor = Pick<VisitParticipantRow, 'id' | 'visitId' | 'userId' | 'role'> & { doorUntil: number };

/** Notes until when somebody may stand at a visit's door with access to its room. Who is in, or waits, stays that. */
export function* putAtDoor(d: Db, { doorUntil, ...person }: AtDoor): Body<VisitParticipantRow> {
  const { visitId, userId } = person;
  yield* q(
    d
      .insert(visitParticipants)
      .values({ ...person, state: 'at_door', doorUntil })
      .onConflictDoNothing(),
  );
  const moved = yield* first(
    d
      .update(visitParticipants)
      .set({ doorUntil })
      .where(
        and(
          eq(visitParticipants.visitId, visitId),
          eq(visitParticipants.userId, userId),
          inArray(visitParticipants.state, ['at_door', 'left']),
        ),
      )
      .returning(),
  );
  const found = moved ?? (yield* findParticipant(d, { visitId, userId }));
  if (!found) throw new Error('who was put at the door stands there');
  return found;
}
