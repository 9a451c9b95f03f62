import 'server-only';
import { condition, enumText, epochMs, id, index, integer, json, real, table, text, uniqueIndex } from '../columns';
import { clinics } from './clinics';
import { users } from './people';

/** `ready` ⇒ the object exists in storage with that hash. */
export const media = table(
  'media',
  {
    id: id(),
    clinicId: text('clinic_id')
      .notNull()
      .references(() => clinics.id),
    ownerUserId: text('owner_user_id')
      .notNull()
      .references(() => users.id),
    patientId: text('patient_id'),
    kind: enumText('kind', [
      'clip',
      'poster',
      'sprite',
      'still',
      'voice',
      'demo',
      'photo',
      'original',
      'light',
    ]).notNull(),
    derivedFromId: text('derived_from_id'),
    state: enumText('state', ['pending', 'received', 'processing', 'ready', 'failed', 'deleted']).notNull(),
    failure: text('failure'),
    storageKey: text('storage_key'),
    sha256: text('sha256'),
    bytes: integer('bytes'),
    mime: text('mime'),
    width: integer('width'),
    height: integer('height'),
    framesPerSecond: real('frames_per_second'),
    frames: integer('frames'),
    durationMs: integer('duration_ms'),
    /** How long it was filmed; more than `durationMs` where it was cut. */
    filmedMs: integer('filmed_ms'),
    /** What its preparation left out or changed (domain/check-in/clip-note.ts). */
    notes: json<string[]>('notes'),
    consentId: text('consent_id'),
    createdAt: epochMs('created_at').notNull(),
    retainUntil: epochMs('retain_until'),
  },
  (t) => [
    uniqueIndex('media_storage').on(t.storageKey),
    index('media_derived').on(t.derivedFromId),
    index('media_patient').on(t.patientId, t.createdAt),
    index('media_kept').on(t.clinicId, t.kind, t.createdAt).where(condition("state = 'ready'")),
    index('media_pending').on(t.createdAt).where(condition("state = 'pending'")),
    index('media_discarded').on(t.id).where(condition("state = 'deleted' and storage_key is not null")),
    index('media_retained').on(t.retainUntil).where(condition("state = 'ready' and retain_until is not null")),
  ],
);

/** Rows only while unfinished. */
export const uploads = table(
  'uploads',
  {
    mediaId: text('media_id')
      .primaryKey()
      .references(() => media.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    tusId: text('tus_id').notNull(),
    bytes: integer('bytes').notNull(),
    createdAt: epochMs('created_at').notNull(),
    expiresAt: epochMs('expires_at').notNull(),
  },
  (t) => [uniqueIndex('uploads_tus').on(t.tusId)],
);
