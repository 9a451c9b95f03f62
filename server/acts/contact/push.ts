import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import {
  keepNewestSubscriptions,
  listSubscriptions,
  removeSubscription,
  saveSubscription,
} from '#db/queries/contact/push';
import { listSessions } from '#db/queries/people/sessions';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { PUSH_DEVICES_MAX, type PushSubscriptionKeys } from '#domain/contact/push';
import { Failure } from '#domain/input/failure';
import type { Actor } from '#server/auth/gate';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Login = Pick<Actor, 'clinicId' | 'userId' | 'sessionId' | 'sessionKind'>;

function* isAgreed(d: Db, { clinicId }: { clinicId: string }): Body<boolean> {
  const clinic = yield* findClinic(d, { clinicId });
  return clinic !== undefined && clinicSettingsSchema.parse(clinic.settings).push.isAgreed;
}

/** Whether this device may show notifications, and which devices of the account do. */
export function* readPush(d: Db, _work: UnitOfWork, { clinicId, userId, sessionId, sessionKind }: Login) {
  const devices = yield* listSubscriptions(d, { clinicId, userId });
  return {
    isAgreed: yield* isAgreed(d, { clinicId }),
    isShared: sessionKind === 'shared_device',
    devices: devices.map(({ id, deviceLabel, createdAt, sessionId: turnedOnBy }) => ({
      ...{ id, deviceLabel, createdAt },
      current: turnedOnBy === sessionId,
    })),
  };
}

type Added = Login & { subscription: PushSubscriptionKeys; deviceMark: string | null };

/** This device shows notifications from now on, until its login ends; the same again changes nothing. */
export function* addPush(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId, sessionId, sessionKind, subscription, deviceMark }: Added,
): Body<{ added: true }> {
  if (sessionKind === 'shared_device') throw new Failure('FORBIDDEN', 'not_allowed');
  if (!(yield* isAgreed(d, { clinicId }))) throw new Failure('CONFLICT', 'push_not_agreed');
  const sessions = yield* listSessions(d, { userId, nowMs: work.nowMs });
  const deviceLabel = sessions.find(({ id }) => id === sessionId)?.deviceLabel ?? null;
  const id = uuidv7();
  const { endpoint, p256dh, auth } = subscription;
  const device = { sessionId, deviceMark, deviceLabel, createdAt: work.nowMs };
  yield* saveSubscription(d, { id, userId, clinicId, endpoint, p256dh, auth, ...device });
  yield* keepNewestSubscriptions(d, { clinicId, userId, keep: PUSH_DEVICES_MAX });
  work.about(id);
  return { added: true };
}

/** A device of the account shows nothing any more; one that did not, or is another's, stays as it is. */
export function* removePush(
  d: Db,
  work: UnitOfWork,
  { userId, id }: { userId: string; id: string },
): Body<{ removed: true }> {
  work.about(id);
  yield* removeSubscription(d, { userId, id });
  return { removed: true };
}
