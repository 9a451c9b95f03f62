import 'server-only';
import type { Body, Db } from '#db/body';
import {
  type ChannelName,
  claimDeliveries,
  type DeliveryRow,
  findDue,
  listRead,
  markUnplanned,
  settleDeliveries,
} from '#db/queries/contact/deliveries';
import { type Contact, findContact } from '#db/queries/contact/person';
import { isWanted } from '#domain/contact/choices';
import type { Outgoing } from '#domain/contact/message';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { listToFollow, readLetterVisits } from './calendar';
import { reachableAs } from './choices';
import { mayStillArrive, undeliverable } from './undeliverable';

/** What one message carries, and the claim by which nobody else sends it. */
export type Claim = Omit<Outgoing, 'groups'> & { token: string; channel: ChannelName; rows: DeliveryRow[] };

type WaysOf = (channel: ChannelName, contact: Contact) => { address: string; addressHash: string }[];
type Asks = { isUrgent: boolean; channel: ChannelName; token: string; leaseMs: number; waysOf: WaysOf };

/** Takes the next message that is due. `nothing`: nothing is; `dropped`: it was no news any more, and another may be due. */
export function* claimMessage(
  d: Db,
  work: UnitOfWork,
  { isUrgent, channel, token, leaseMs, waysOf }: Asks,
): Body<Claim | 'nothing' | 'dropped'> {
  const { nowMs } = work;
  const next = yield* findDue(d, { nowMs, isUrgent, channel });
  if (!next) return 'nothing';
  const rows = yield* claimDeliveries(d, { next, token, nowMs, isUrgent, channel, leaseUntil: nowMs + leaseMs });
  const [one] = rows;
  if (!one) return 'dropped';
  const { clinicId, userId, audience, addressHash } = one;
  const contact = yield* findContact(d, { clinicId, userId });
  const reachable = reachableAs(audience, contact);
  if (!contact || !reachable) return yield* giveUp(d, work, { token, rows });
  const way = waysOf(channel, contact).find((one) => one.addressHash === addressHash);
  if (!way) return yield* planAnew(d, { token, rows });
  const read = isUrgent ? [] : yield* listRead(d, { noticeIds: rows.map(({ noticeId }) => noticeId) });
  const wasRead = rows.filter(({ noticeId }) => read.includes(noticeId));
  const toFollow = channel === 'email' ? yield* listToFollow(d, { userId, rows: wasRead }) : new Set();
  const isOver = ({ expiresAt }: DeliveryRow) => expiresAt !== null && expiresAt <= nowMs;
  const isNews = (row: DeliveryRow) =>
    !isOver(row) &&
    (!wasRead.includes(row) || toFollow.has(row.noticeId)) &&
    isWanted(row.kindGroup, reachable.choices);
  yield* drop(d, { token, rows: rows.filter((row) => !isNews(row)), why: 'read_over_or_turned_off' });
  const left = rows.filter(isNews);
  if (left.length === 0) return 'dropped';
  const message = { token, messageToken: one.messageToken ?? token, channel, to: way.address, locale: contact.locale };
  const claim = { ...message, userId, audience, isUrgent, rows: left };
  if (channel !== 'email') return claim;
  const visits = yield* readLetterVisits(d, work, { clinicId, userId, audience, rows: left });
  const isAll = left.every((row) => wasRead.includes(row));
  if (!isAll || visits.length > 0) return { ...claim, calendar: { visits, isAll } };
  yield* drop(d, { token, rows: left, why: 'visit_over' });
  return 'dropped';
}

type Claimed = { token: string; rows: readonly DeliveryRow[] };
const idsOf = (rows: readonly DeliveryRow[]) => rows.map(({ id }) => id);

function* drop(d: Db, { token, rows, why }: Claimed & { why: string }): Body<void> {
  yield* settleDeliveries(d, { token, ids: idsOf(rows), change: { state: 'dropped', lastError: why } });
}

/** The address has changed since: what may have gone to the one before is not sent again, the rest goes to the new one. */
function* planAnew(d: Db, { token, rows }: Claimed): Body<'dropped'> {
  yield* drop(d, { token, rows, why: 'address_changed' });
  const unsent = rows.filter(({ unsureCount }) => unsureCount === 0);
  if (unsent.length > 0) yield* markUnplanned(d, { noticeIds: unsent.map(({ noticeId }) => noticeId) });
  return 'dropped';
}

/** Nobody can sign in with the account, or not to this. */
function* giveUp(d: Db, work: UnitOfWork, { token, rows }: Claimed): Body<'dropped'> {
  yield* drop(d, { token, rows, why: 'no_access' });
  for (const { noticeId, clinicId, userId, audience, isUrgent } of rows) {
    const notice = { id: noticeId, clinicId, userId };
    if (isUrgent && !(yield* mayStillArrive(d, notice)).open) yield* undeliverable(d, work, { notice, audience });
  }
  return 'dropped';
}
