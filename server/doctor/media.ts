import 'server-only';
import { listStored, type MediaRow } from '#db/queries/check-in/media';
import { findStoreId } from '#db/queries/runtime/store';
import { findLeftOvers } from '#server/media/left-overs';
import { fingerprint } from '#server/media/normalise';
import type { AppProcess } from '#server/runtime/process';
import { type Finding, ok, some, warning, wrong } from './finding';

const PAGE = 500;

type Options = { nowMs: number; withHashes: boolean };

/** Media against rows, both ways. Nothing is moved, and no folder is claimed. */
export async function examineMedia(app: AppProcess, options: Options): Promise<Finding[]> {
  const storeId = await app.database.read((d) => findStoreId(d));
  const owner = await app.storage.owner();
  if (owner !== null && owner !== storeId)
    return [
      wrong(
        'media',
        `MEDIA_DIR holds the objects of store ${owner}, the database is ${storeId}. Set the right MEDIA_DIR.`,
      ),
    ];
  const rows = await examineRows(app, options.withHashes);
  const leftOvers = await findLeftOvers(app, options.nowMs);
  const findings: Finding[] = [];
  const restore = 'Bring them back from a backup, or from quarantine.';
  if (rows.missing.length > 0) findings.push(wrong('media', `no object for media ${some(rows.missing)}. ${restore}`));
  if (rows.damaged.length > 0)
    findings.push(wrong('media', `another object than its row says: media ${some(rows.damaged)}. ${restore}`));
  if (leftOvers.keys.length > 0)
    findings.push(warning('media', `${leftOvers.keys.length} objects that no row names: npm run admin -- sweep.`));
  if (owner === null && rows.count > 0)
    findings.push(warning('media', 'MEDIA_DIR carries no store id: start the app once.'));
  if (findings.length > 0) return findings;
  return [
    ok(
      'media',
      `${rows.count} objects are there, with ${options.withHashes ? 'their SHA-256' : 'their size; --hashes reads them too'}`,
    ),
  ];
}

type Rows = { count: number; missing: string[]; damaged: string[] };

async function examineRows(app: AppProcess, withHashes: boolean): Promise<Rows> {
  const rows: Rows = { count: 0, missing: [], damaged: [] };
  for (let after = ''; ; ) {
    const page = { after, limit: PAGE };
    const found = await app.database.read((d) => listStored(d, page));
    for (const row of found) {
      const standing = await examineObject(app, row, withHashes);
      if (standing !== null) rows[standing].push(row.id);
    }
    rows.count += found.length;
    after = found.at(-1)?.id ?? after;
    if (found.length < PAGE) return rows;
  }
}

async function examineObject(
  app: AppProcess,
  { storageKey, bytes, sha256 }: MediaRow,
  withHashes: boolean,
): Promise<'missing' | 'damaged' | null> {
  const key = storageKey ?? '';
  const size = await app.storage.size(key);
  if (size === null) return 'missing';
  if (bytes !== null && size !== bytes) return 'damaged';
  if (!withHashes || sha256 === null) return null;
  const found = await app.storage.withFile(key, (file) => fingerprint(file));
  return found.sha256 === sha256 ? null : 'damaged';
}
