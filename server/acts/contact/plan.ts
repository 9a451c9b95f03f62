import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import {
  type ChannelName,
  closeLost,
  findBundleAt,
  insertDelivery,
  listLate,
  listUnplanned,
  markPlanned,
} from '#db/queries/contact/deliveries';
import type { NoticeRow } from '#db/queries/contact/notices';
import { type Contact, findContact } from '#db/queries/contact/person';
import { type ContactChoices, isWanted } from '#domain/contact/choices';
import { type Kind, kindOf } from '#domain/contact/kinds';
import { DEAD_FOR_MS, URGENT_STEP_MS } from '#domain/contact/retry';
import { sendAt } from '#domain/contact/when';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { reachableAs } from './choices';
import { mayStillArrive, undeliverable } from './undeliverable';

/** One way to somebody: what their address is recognised by. */
type Way = { channel: ChannelName; addressHash: string };
/** The ways there are to an account, of those that whoever runs the server has set up. */
type WaysTo = (contact: Contact) => Way[];

/** `isSetUp`: a way reaches people wherever they are. Where none does, only a device that was turned on can fail to. */
type Planner = { waysTo: WaysTo; isSetUp: boolean; limit: number };

/** Decides for the next notices by which ways they leave the app, and when. Returns kinds that nobody knows. */
export function* planNotices(
  d: Db,
  work: UnitOfWork,
  { limit, ...planner }: Planner,
): Body<{ planned: number; unknown: string[] }> {
  const notices = yield* listUnplanned(d, { limit });
  const unknown: string[] = [];
  for (const notice of notices) {
    if (!(yield* markPlanned(d, { noticeId: notice.id, nowMs: work.nowMs }))) continue;
    const kind = kindOf(notice.kind);
    if (!kind) unknown.push(notice.kind);
    else if (notice.readAt === null || kind.isSilent) yield* planOne(d, work, { notice, kind, ...planner });
  }
  return { planned: notices.length, unknown };
}

type One = Omit<Planner, 'limit'> & { notice: NoticeRow; kind: Kind };

function* planOne(d: Db, work: UnitOfWork, { notice, kind, waysTo, isSetUp }: One): Body<void> {
  const { clinicId, userId } = notice;
  const { group, audience, isUrgent } = kind;
  const contact = yield* findContact(d, { clinicId, userId });
  const reachable = reachableAs(audience, contact);
  const ways = contact && reachable && isWanted(group, reachable.choices) ? waysTo(contact) : [];
  const isDead = ({ channel, addressHash }: Way) =>
    contact?.dead.some(
      (dead) => dead.channel === channel && dead.addressHash === addressHash && work.nowMs < dead.at + DEAD_FOR_MS,
    ) ?? false;
  const open = ways.filter((way) => !isDead(way));
  if (reachable) for (const way of open) yield* queue(d, work, { notice, kind, way, ...reachable });
  if (isUrgent && isSetUp && open.length === 0) yield* undeliverable(d, work, { notice, audience });
}

type Queued = { notice: NoticeRow; kind: Kind; way: Way; choices: ContactChoices; timeZone: string };

function* queue(d: Db, { nowMs }: UnitOfWork, { notice, kind, way, choices, timeZone }: Queued): Body<void> {
  const { id: noticeId, clinicId, userId, expiresAt } = notice;
  const { group, audience, isUrgent, isTimed } = kind;
  const bundleAt = isUrgent ? null : yield* findBundleAt(d, { userId, ...way, nowMs });
  const at = sendAt({ nowMs, group, isUrgent, isTimed, choices, timeZone, bundleAt });
  const news = { clinicId, noticeId, userId, kindGroup: group, audience, isUrgent, expiresAt };
  const counts = { state: 'queued' as const, attempts: 0, unsureCount: 0 };
  yield* insertDelivery(d, { id: uuidv7(), ...news, ...way, ...counts, dueAt: at, runAt: at, createdAt: nowMs });
}

/** More than ever wait at once: what is urgent is rare. */
const LATE_AT_ONCE = 100;

/** Urgent news that was lost on its way or has taken too long: somebody else must hear of it. */
export function* escalateLate(d: Db, work: UnitOfWork): Body<string[]> {
  const told: string[] = [];
  const lost = (yield* closeLost(d, { nowMs: work.nowMs })).filter(({ isUrgent }) => isUrgent);
  const late = yield* listLate(d, { sinceMs: work.nowMs - URGENT_STEP_MS, limit: LATE_AT_ONCE });
  for (const { noticeId, clinicId, userId, audience } of [...lost, ...late]) {
    const notice = { id: noticeId, clinicId, userId };
    if ((yield* mayStillArrive(d, notice)).sent) continue;
    if (yield* undeliverable(d, work, { notice, audience })) told.push(noticeId);
  }
  return told;
}
