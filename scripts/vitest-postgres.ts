import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../db/migrate';
import { startPostgres } from './postgres-server';

const TEMPLATE = 'regrasp_template';

/** One server, one migrated template database; every test file creates its own from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { adminUrl: given, stop: async () => undefined } : await startPostgres();
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${TEMPLATE}`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const url = new URL(server.adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migratePostgres(url.href, 'db/migrations/postgres');
  project.provide('template', url.href);
  return server.stop;
}
