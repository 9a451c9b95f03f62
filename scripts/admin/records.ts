import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findRecord, findRecordClinic } from '../../db/queries/people/records';
import type { PatientScope } from '../../db/scope';
import { Failure } from '../../domain/input/failure';
import { idSchema } from '../../domain/input/fields';
import { reasonSchema } from '../../domain/people/record';
import { isNameOf } from '../../domain/people/typed';
import { eraseRecord, lockRecord, openRecord } from '../../server/acts/people/erase';
import { readErasableFrom } from '../../server/acts/people/keeping-term';
import { finishErasures } from '../../server/media/erase';
import { writeExport } from '../../server/media/export';
import { type AppProcess, startProcess, stopProcess } from '../../server/runtime/process';
import { runAsServer } from '../../server/runtime/unit-of-work';
import { Stop } from '../console.mjs';

/** Acts on one record for whoever runs the server; each has its line in the clinic's audit trail, by nobody. */
export const RECORD_USAGE = `npm run admin -- export --patient ID --out record.zip [--for patient]

Writes a record as a zip file: words and numbers as JSON and CSV, clips and pictures. With --for patient it leaves out
team notes, drafts and what is about others.

npm run admin -- erase --patient ID --reason "…" --confirm "Ana Duarte"

Deletes a record for good, or puts it away while it is within the clinic's keeping term. The reason stays; it must not
name the person.

npm run admin -- open-record --patient ID

Opens a record that was put away, after an admin of the clinic has asked for it: the second of two people.`;

type Options = Record<string, { type: 'string' }>;

/** A command on the database of the environment, beside a running app. */
function onRecord<V>(names: readonly (keyof V & string)[], act: (app: AppProcess, values: V) => Promise<string>) {
  return async (args: string[]): Promise<string> => {
    const values = readValues<V>(args, names);
    const app = await startProcess(process.env, process.cwd(), 'guest');
    try {
      return await act(app, values);
    } finally {
      await stopProcess(app);
    }
  };
}

function readValues<V>(args: string[], names: readonly string[]): V {
  try {
    const options: Options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args, options, strict: true }).values as V;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${RECORD_USAGE}`);
  }
}

const WHY: Record<string, string> = {
  record_on_hold: 'The record is on legal hold. An admin lifts it on Records first.',
  record_in_visit: 'A visit of this person is going on. End it first.',
  nobody_asked: 'Nobody has asked to open it. An admin does that on Records first, with a reason.',
  changed_meanwhile: 'The record is put away already.',
};

async function scopeOf(app: AppProcess, patient: string | undefined): Promise<PatientScope> {
  const id = idSchema.safeParse(patient);
  const found = id.success ? await app.database.read((d) => findRecordClinic(d, { patientId: id.data })) : undefined;
  if (!found)
    throw new Stop('There is no record of this id. --patient takes the id that stands in the address of the record.');
  return found;
}

function asStop(error: unknown): never {
  if (error instanceof Failure && error.code === 'CONFLICT') throw new Stop(WHY[error.reason] ?? error.reason);
  throw error;
}

type ExportOptions = { patient?: string; out?: string; for?: string };

/** Writes a record to a file under another name first, so that a file by this name is whole. */
async function exportRecord(app: AppProcess, { patient, out, for: reader = 'clinic' }: ExportOptions): Promise<string> {
  if (!out) throw new Stop('Please name the file: --out record.zip.');
  if (reader !== 'clinic' && reader !== 'patient') throw new Stop('--for is clinic or patient.');
  if (existsSync(out)) throw new Stop(`${out} is there already. Choose another name.`);
  const scope = await scopeOf(app, patient);
  const unfinished = `${out}.writing`;
  try {
    await writeExport(app, scope, reader, createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }));
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error instanceof Error && 'code' in error ? new Stop(`${out} could not be written: ${error.message}`) : error;
  }
  await runAsServer(app, { act: 'record.export', clinicId: scope.clinicId, nowMs: Date.now() }, function* (d, work) {
    if (yield* findRecord(d, scope)) work.ofPatient(scope.patientId);
  });
  return `The record is in ${out}. It is not encrypted: keep it where only its reader gets at it.`;
}

type EraseOptions = { patient?: string; reason?: string; confirm?: string };

async function eraseByHand(app: AppProcess, { patient, reason, confirm }: EraseOptions): Promise<string> {
  const scope = await scopeOf(app, patient);
  const why = reasonSchema.safeParse(reason ?? '');
  if (!why.success)
    throw new Stop('Please give a reason of at least ten characters, without the person’s name: --reason "…".');
  const act = { scope, reason: why.data, by: null };
  const done = await runAsServer(
    app,
    { act: 'record.erase', clinicId: scope.clinicId, nowMs: Date.now() },
    function* (d, work) {
      const record = yield* findRecord(d, scope);
      if (!record || !isNameOf(confirm ?? '', record.name))
        throw new Stop('--confirm must be the person’s name as it stands on the record. Nothing was changed.');
      const from = yield* readErasableFrom(d, { scope });
      if (work.nowMs >= from) return { erased: yield* eraseRecord(d, work, act), from };
      return { erased: yield* lockRecord(d, work, act), from };
    },
  ).catch(asStop);
  if ('locked' in done.erased)
    return `The record is within its keeping term and was put away: nobody reaches it. It may be deleted from ${new Date(done.from).toISOString().slice(0, 10)} on.`;
  await finishErasures(app);
  return 'The record is deleted, with its clips and the copies of the database made before migrations. Backups made before still hold it until they expire.';
}

/** The second of the two who open a record that was put away, where a clinic has one admin only. */
async function openByHand(app: AppProcess, { patient }: { patient?: string }): Promise<string> {
  const scope = await scopeOf(app, patient);
  await runAsServer(app, { act: 'record.erase', clinicId: scope.clinicId, nowMs: Date.now() }, (d, work) =>
    openRecord(d, work, { scope, by: null }),
  ).catch(asStop);
  return 'The record is there again, with the care team that it had. Its login stays ended until somebody gives it back.';
}

export const RECORD_COMMANDS: [string, (args: string[]) => Promise<string>][] = [
  ['export', onRecord<ExportOptions>(['patient', 'out', 'for'], exportRecord)],
  ['erase', onRecord<EraseOptions>(['patient', 'reason', 'confirm'], eraseByHand)],
  ['open-record', onRecord<{ patient?: string }>(['patient'], openByHand)],
];
