import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { insertAudit } from '#db/queries/clinic/audit';
import { type AskedFor, countRefusal, findAskedFor, takeEndedRefusals } from '#db/queries/clinic/refusals';
import { idSchema } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';
import { sha256 } from './operations';
import { type AppProcess, afterwards } from './process';

/** The first of a kind is written at once; how many more came, when this is over. */
export const REFUSAL_WINDOW_MS = 15 * MINUTE_MS;

type Refused = {
  act: string;
  /** Null where nobody is signed in, as at a sign-in. */
  actor: { userId: string; sessionId: string; clinicId: string } | null;
  /** What was sent: the ids in it say whose record was asked for. Nothing else of it is kept. */
  input: unknown;
  nowMs: number;
};

const idsSchema = z.record(z.string(), z.unknown());

/** Ids by their names, two levels deep, as inputs name what they are about. */
function idsIn(input: unknown, depth = 0): Record<string, string> {
  const parsed = idsSchema.safeParse(input);
  if (!parsed.success) return {};
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed.data)) {
    const id = name.endsWith('Id') ? idSchema.safeParse(value) : null;
    if (id?.success) found[name] = id.data;
    else if (depth === 0) Object.assign(found, idsIn(value, 1));
  }
  return found;
}

/**
 * Leaves a trace of a refusal, in the clinic whose record was asked for: there somebody must see it, and the actor's own
 * clinic is told nothing of another's. Where no record has these ids it stands in the actor's clinic.
 */
export function noteRefusal(app: AppProcess, { act, actor, input, nowMs }: Refused): void {
  const ids = idsIn(input);
  afterwards(app, 'refusal', async () => {
    const asked = await app.database.read((d) => findAskedFor(d, ids));
    const about: AskedFor | null = asked ?? (actor && { clinicId: actor.clinicId, patientId: null, subjectId: '' });
    if (about) await writeRefusal(app, { act, actor, about, nowMs });
  });
}

type Written = Omit<Refused, 'input'> & { about: AskedFor };

/** Without a clinic it is counted and written nowhere. */
export async function writeRefusal(app: AppProcess, { act, actor, about, nowMs }: Written): Promise<void> {
  const endsAt = nowMs - (nowMs % REFUSAL_WINDOW_MS) + REFUSAL_WINDOW_MS;
  const { clinicId, patientId } = about;
  const row = {
    clinicId,
    actorId: actor?.userId ?? null,
    sessionId: actor?.sessionId ?? null,
    act,
    patientId,
    subjectId: about.subjectId || null,
  };
  const key = sha256([clinicId, row.actorId, act, patientId, row.subjectId, endsAt].join(' '));
  await app.database.write(function* (d) {
    const count = yield* countRefusal(d, { key, endsAt, ...row });
    if (count === 1 && clinicId !== '') yield* insertAudit(d, { id: uuidv7(), ...row, outcome: 'refused', nowMs });
  });
}

/** Writes down how many more refusals came in windows that are over. */
export async function writeCountedRefusals(app: AppProcess, nowMs: number): Promise<void> {
  await app.database.write(function* (d) {
    for (const { key: _, endsAt, count, ...row } of yield* takeEndedRefusals(d, { nowMs })) {
      if (count === 1 || row.clinicId === '') continue;
      const closing = { ...row, outcome: 'refused' as const, count: count - 1, nowMs: endsAt };
      yield* insertAudit(d, { id: uuidv7(), ...closing });
    }
  });
}
