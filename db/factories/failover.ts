import 'server-only';
import { withPostgres } from '../migrate';

/** Ends the connections of this PostgreSQL database that listen, as a failover does. */
export async function endListeners(url: string): Promise<void> {
  await withPostgres(url, async (client) => {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
    );
  });
}
