import { migrateDatabase } from '../db/migrate';
import { openDatabase } from '../db/open';
import { seedDemo } from '../db/seed/demo';
import { hashPassword } from '../server/auth/password';

/** Fills the demo database once; a second run changes nothing. */
async function main(): Promise<void> {
  const { DATABASE_URL: url, REGRASP_DEMO_PASSWORD: password } = process.env;
  if (!url || !password) throw new Error('seed-demo is run by npm run up');
  await migrateDatabase(url, process.cwd());
  const database = openDatabase(url);
  const passwordHash = await hashPassword(password);
  await database.write((d) => seedDemo(d, { passwordHash, nowMs: Date.now() }));
  await database.close();
}

await main();
