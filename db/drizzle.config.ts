import { defineConfig } from 'drizzle-kit';

/** The dialect follows DATABASE_URL, as everywhere else; scripts/generate-migrations.mjs runs both. */
const postgres = /^postgres(ql)?:\/\//.test(process.env.DATABASE_URL ?? '');

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: './db/schema/*.ts',
  out: postgres ? './db/migrations/postgres' : './db/migrations/sqlite',
});
