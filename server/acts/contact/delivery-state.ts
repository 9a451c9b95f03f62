import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { readDeadAddresses, readDeliveryState } from '#db/queries/contact/person';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** More than anybody rings in a day; how many there are is said beside them. */
const NAMED_MAX = 50;

type State = { lastSentAt: number | null; waiting: number; waitingSince: number | null };
type Asked = { clinicId: string; emailHash: (email: string | null) => string | null };

/** What an admin should know of a clinic's e-mails. Names of accounts alone, of those that still have the refused address. */
export function* readDelivery(
  d: Db,
  { nowMs }: UnitOfWork,
  { clinicId, emailHash }: Asked,
): Body<
  State & {
    push: State;
    dead: { userId: string; name: string; at: number; code: string }[];
    deadCount: number;
  }
> {
  const [state, push, { named, count }] = yield* together(
    readDeliveryState(d, { clinicId, channel: 'email', nowMs }),
    readDeliveryState(d, { clinicId, channel: 'push', nowMs }),
    readDeadAddresses(d, { clinicId, limit: NAMED_MAX }),
  );
  const still = named.filter(({ email, addressHash }) => emailHash(email) === addressHash);
  const dead = still.map(({ userId, name, at, code }) => ({ userId, name, at, code }));
  return { ...state, push, dead, deadCount: count - (named.length - still.length) };
}
