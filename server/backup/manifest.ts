import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A storage key of ours; a path in the backup is made of it and of nothing else that a manifest says. */
export const KEY = /^[0-9a-f]{2}\/[0-9a-f]{32}$/;

/** A public key of age, as far as its letters go: a manifest's words reach a terminal. */
export const RECIPIENT = /^age1[0-9a-z]{1,4000}$/;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.number().int().nonnegative();
const at = z.number().int().nonnegative();

const schema = z.strictObject({
  format: z.literal(1),
  id: z.uuid(),
  storeId: z.uuid(),
  engine: z.enum(['sqlite', 'postgres']),
  /** What the database says of its schema: see `db/released.ts`. */
  schema: z.strictObject({ newest: at.nullable(), openableFrom: at.nullable() }),
  /** Everything that was saved before this instant is in it. */
  madeAt: at,
  finishedAt: at,
  expiresAt: at,
  /** Public keys of age; none = not encrypted. */
  recipients: z.array(z.string().regex(RECIPIENT)).max(20),
  /** As stored, so that they can be checked without a secret key. */
  database: z.strictObject({ sha256, bytes }),
  objects: z.array(z.strictObject({ key: z.string().regex(KEY), sha256, bytes })),
  /** Media, by id, whose object was missing or damaged in the store itself when the backup was made. */
  unsound: z.array(
    z.strictObject({ mediaId: z.string().regex(/^[\w-]{1,100}$/), why: z.enum(['missing', 'damaged']) }),
  ),
});

/** What a backup consists of. It names no person: storage keys are random. */
export type Manifest = z.infer<typeof schema>;
export type StoredObject = Manifest['objects'][number];

/** The manifest as it is written: its SHA-256 is the backup's seal. */
export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify(schema.parse(manifest))}\n`;
}

/** Null where it is not one, or one of a release that we do not know. */
export function parseManifest(text: string): Manifest | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function sealOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Says that whoever wrote the manifest knew this installation's secret. Public keys prove nothing: anybody may have them. */
export function signManifest(text: string, secret: string): string {
  const key = createHash('sha256').update(`regrasp backup manifest\0${secret}`).digest();
  return createHmac('sha256', key).update(text).digest('hex');
}

export function isSignedWith(text: string, signature: string, secret: string): boolean {
  const [given, expected] = [Buffer.from(signature, 'hex'), Buffer.from(signManifest(text, secret), 'hex')];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** When a backup was made, as its folder is named: sorts as time goes. */
export const stampOf = (atMs: number) => new Date(atMs).toISOString().replace(/[-:.]/g, '');
export const STAMP = /^\d{8}T\d{9}Z$/;
