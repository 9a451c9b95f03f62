import 'server-only';
import * as z from 'zod';
import { type AskedFor, findAskedFor } from '#db/queries/clinic/asked-for';
import { idSchema } from '#domain/input/fields';
import { writeCounted } from './counted-acts';
import { type AppProcess, afterwards } from './process';

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
  const row = {
    clinicId: about.clinicId,
    actorId: actor?.userId ?? null,
    sessionId: actor?.sessionId ?? null,
    act,
    patientId: about.patientId,
    subjectId: about.subjectId || null,
    outcome: 'refused' as const,
  };
  await app.database.write((d) => writeCounted(d, row, nowMs));
}
