import 'server-only';
import Sqlite from 'better-sqlite3';
import { POSTGRES } from '../columns';
import { withPostgres } from '../migrate';
import { sqliteFile } from '../open';

const ORPHAN =
  "insert into uploads (media_id, user_id, tus_id, bytes, created_at, expires_at) values ('nowhere', 'nowhere', 'x', 1, 1, 1)";

/** A row that refers to none, as who loads rows past the checks of an engine makes. */
export async function addOrphan(url: string): Promise<void> {
  await past(url, { sqlite: ORPHAN, postgres: `set session_replication_role = replica; ${ORPHAN}` });
}

/** An index that is not what its table says, as a bad disk or a killed rebuild leaves it. */
export async function spoilIndex(url: string): Promise<void> {
  const other = "(select rootpage from sqlite_master where name = 'uploads_tus')";
  await past(url, {
    sqlite: `pragma writable_schema = 1; update sqlite_master set rootpage = ${other} where name = 'users_email'`,
    postgres: "update pg_index set indisvalid = false where indexrelid = 'users_email'::regclass",
  });
}

async function past(url: string, sql: { sqlite: string; postgres: string }): Promise<void> {
  if (POSTGRES) {
    await withPostgres(url, (client) => client.query(sql.postgres));
    return;
  }
  const connection = new Sqlite(sqliteFile(url));
  connection.unsafeMode(true);
  connection.pragma('foreign_keys = off');
  connection.exec(sql.sqlite);
  connection.close();
}
