import 'server-only';
import type { Body, Db } from '#db/body';
import { findMediaById, insertMedia, listDerived } from '#db/queries/check-in/media';
import { insertMessageMedia, listMessageMedia } from '#db/queries/contact/messages';
import { findConsent } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { CONSENT_MISSING } from '#domain/check-in/media';
import { ATTACHMENT_KINDS, type Attachment, type AttachmentKind } from '#domain/contact/thread';
import type { MediaView } from '#domain/contact/thread-view';
import { notFound } from '#domain/input/failure';
import { refusedByQuota } from '#server/acts/clinic/media-quota';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** What a patient agreed to that is kept of them: pictures that stand still, or what moves and sounds. */
const CONSENT_TO = { photo: 'stills', voice: 'clips', clip: 'clips' } as const;

type Attach = {
  scope: PatientScope;
  userId: string;
  messageId: string;
  isPatient: boolean;
  attachments: readonly Attachment[];
};

/**
 * The rows that what lies beside a message will be uploaded into. A patient's without their consent, and what is over the
 * day's quota, is not taken, and says so; the words are.
 */
export function* attach(
  d: Db,
  work: UnitOfWork,
  { scope, userId, messageId, isPatient, attachments }: Attach,
): Body<void> {
  for (const [position, { mediaId, kind, bytes }] of attachments.entries()) {
    // An id that is taken is nobody's to take again.
    if (yield* findMediaById(d, { mediaId })) throw notFound();
    const consent = isPatient ? yield* findConsent(d, { ...scope, kind: CONSENT_TO[kind] }) : undefined;
    const failure = isPatient && !consent ? CONSENT_MISSING : yield* refusedByQuota(d, work, { scope, bytes });
    const state = failure === null ? ('pending' as const) : ('failed' as const);
    const row = { id: mediaId, ...scope, ownerUserId: userId, kind, bytes, consentId: consent?.id ?? null };
    yield* insertMedia(d, { ...row, state, failure, createdAt: work.nowMs });
    yield* insertMessageMedia(d, { mediaId, messageId, patientId: scope.patientId, position });
  }
}

const isKind = (kind: string): kind is AttachmentKind => (ATTACHMENT_KINDS as readonly string[]).includes(kind);

/** What lies beside each of these messages, in its order. */
export function* showAttachments(d: Db, messageIds: readonly string[]): Body<Map<string, MediaView[]>> {
  const rows = yield* listMessageMedia(d, { messageIds });
  const derived = yield* listDerived(d, { mediaIds: rows.map(({ media }) => media.id) });
  const shown = new Map<string, MediaView[]>();
  for (const { messageId, media } of rows) {
    const { id, kind, state, failure, width, height, durationMs } = media;
    if (!isKind(kind)) continue;
    const poster = derived.find((one) => one.derivedFromId === id && one.kind === 'poster' && one.state === 'ready');
    const view = { id, kind, state, failure, posterId: poster?.id ?? null, width, height, durationMs };
    shown.set(messageId, [...(shown.get(messageId) ?? []), view]);
  }
  return shown;
}
