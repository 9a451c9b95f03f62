import 'server-only';
import { createInterface } from 'node:readline';
import type { SnapshotFacts } from '#db/snapshot';
import { feed, startPostgresTool } from './postgres-tools';
import type { Step } from './steps';

type Row = Record<string, string | null>;

/** `COPY public.media (id, …) FROM stdin;` */
const COPY = /^COPY ([\w.]+) \(([^)]*)\) FROM stdin;$/;

/**
 * Reads a dump of PostgreSQL to its end, without a server, for what it says of the store and its objects. Throws where
 * the dump cannot be read whole, or holds no store.
 */
export async function readDump(
  program: string,
  source: AsyncIterable<Uint8Array>,
  change: Step,
): Promise<SnapshotFacts> {
  const tool = startPostgresTool(program, ['--format=custom', '--data-only', '--file=-'], null);
  const tables: Record<string, Row[]> = { 'public.media': [], 'public.store': [] };
  const fed = feed(tool, source, change);
  fed.catch(() => undefined);
  for await (const { table, row } of rowsOf(tool.output)) tables[table]?.push(row);
  await fed;
  await tool.ended;
  const storeId = tables['public.store']?.[0]?.id;
  if (!storeId) throw new Error('it holds no store');
  const objects = (tables['public.media'] ?? []).flatMap(({ id, state, storage_key: key, sha256 }) =>
    id && state && key && state !== 'deleted' ? [{ mediaId: id, state, key, sha256: sha256 ?? null }] : [],
  );
  return { storeId, schema: { newest: null, openableFrom: null }, objects };
}

/** Rows of the copies in the text of a dump. Values that we ask for hold nothing that is escaped there. */
async function* rowsOf(output: NodeJS.ReadableStream): AsyncGenerator<{ table: string; row: Row }> {
  let table: string | null = null;
  let columns: string[] = [];
  for await (const line of createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (table === null) {
      const [, name, list] = COPY.exec(line) ?? [];
      table = name ?? null;
      columns = (list ?? '').split(', ');
    } else if (line === '\\.') table = null;
    else {
      const values = line.split('\t');
      yield { table, row: Object.fromEntries(columns.map((column, n) => [column, given(values[n])])) };
    }
  }
}

const given = (value: string | undefined) => (value === undefined || value === '\\N' ? null : value);
