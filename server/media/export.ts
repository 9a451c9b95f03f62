import 'server-only';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import yazl from 'yazl';
import { listMediaOf } from '#db/queries/people/export-tickets';
import type { PatientScope } from '#db/scope';
import { type ExportReader, readExport, takeExportTicket } from '#server/acts/people/export';
import { actorOfRequest, cookieReader } from '#server/auth/request';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';

type Row = Record<string, unknown>;

const ENDINGS: Record<string, string> = {
  'video/mp4': 'mp4',
  'audio/mp4': 'm4a',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** A field as a cell: instants (`…At`, epoch ms) as ISO 8601 UTC, lists and objects as JSON. */
function asCell(field: string, value: unknown): unknown {
  if (/(At|tMs)$/.test(field) && typeof value === 'number') return new Date(value).toISOString();
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

/** One table for a spreadsheet. What would be taken for a formula there is kept as text. */
export function asCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((field) => asCell(field, row[field])));
  return stringify([columns, ...cells], { bom: true, escape_formulas: true, cast: { boolean: String } });
}

function readMe({ clinic, patientId, reader }: { clinic: { name: string }; patientId: string; reader: ExportReader }) {
  const left =
    reader === 'patient'
      ? 'Left out: notes of the team that were written for the team, drafts, and what is about other people.'
      : 'This is the whole record, as for another clinic or a court. It holds notes of the team.';
  return `A record from Regrasp

Clinic: ${clinic.name}
Record: ${patientId}
Made: ${new Date().toISOString()}

record.json    everything, by the names of tables and fields that Regrasp itself uses; instants in milliseconds since 1970 UTC
tables/*.csv   the same by table, for a spreadsheet; instants as ISO 8601 in UTC, days as the patient's own calendar days
media/*        clips and pictures as they were prepared for viewing; their names are the ids in tables/media.csv

${left}
In tables/media.csv "notes" says what of a clip as it was filmed is not in the clip that is kept, and "filmedMs" how long it
was filmed. Copies for weak lines are left out: they are the same clips.
Drawings lie in tables/annotationOps.csv: points from 0 to 1, from the top left of the picture.
`;
}

/**
 * Writes a record as a zip file, piece by piece: rows in memory, clips never. An object that is not in storage any more
 * is named in `missing.txt`.
 */
export async function writeExport(
  app: AppProcess,
  scope: PatientScope,
  reader: ExportReader,
  out: Writable,
): Promise<void> {
  const { record, media } = await app.database.read(function* (d) {
    return { record: yield* readExport(d, scope, reader), media: yield* listMediaOf(d, scope) };
  });
  const zip = new yazl.ZipFile();
  const done = pipeline(zip.outputStream, out);
  zip.addBuffer(Buffer.from(readMe(record)), 'READ-ME.txt');
  zip.addBuffer(Buffer.from(JSON.stringify({ format: 'regrasp-record', v: 1, ...record }, null, 2)), 'record.json');
  for (const [name, rows] of Object.entries(record.tables))
    zip.addBuffer(Buffer.from(asCsv(rows)), `tables/${name}.csv`);
  const missing: string[] = [];
  for (const { id, kind, mime, storageKey } of media) {
    const size = await app.storage.size(storageKey);
    if (size === null) {
      missing.push(id);
      continue;
    }
    const name = `media/${kind}-${id}.${ENDINGS[mime ?? ''] ?? 'bin'}`;
    // Opened when its turn comes: a record may have more clips than a process may open files.
    zip.addReadStreamLazy(name, { compress: false, size }, (give) => {
      give(null, app.storage.read(storageKey, { start: 0, end: Math.max(0, size - 1) }));
    });
  }
  if (missing.length > 0) zip.addBuffer(Buffer.from(`${missing.join('\n')}\n`), 'missing.txt');
  zip.end();
  await done;
}

/** Serves the download that a ticket stands for. Strangers, unknown and used tickets look alike. */
export async function serveExport(app: AppProcess, request: Request, token: string): Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: { 'Cache-Control': 'no-store' } });
  const actor = await actorOfRequest(app, cookieReader(request.headers.get('cookie')));
  if (!actor) return refuse(401);
  if (!/^[\w-]{43}$/.test(token)) return refuse(404);
  const nowMs = Date.now();
  const ticket = await runAsServer(app, { act: 'record.download', nowMs }, (d, work) =>
    takeExportTicket(d, work, { token, sessionId: actor.sessionId }),
  );
  if (!ticket) return refuse(404);
  const out = new PassThrough();
  writeExport(app, ticket, ticket.reader, out).catch((err: unknown) => {
    // The headers are out: a file that is cut off must not look whole.
    out.destroy(err instanceof Error ? err : new Error('the export was cut off'));
    app.log.error({ err }, 'an export was cut off');
  });
  return new Response(Readable.toWeb(out) as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="regrasp-record-${new Date(nowMs).toISOString().slice(0, 10)}.zip"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
