import 'server-only';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { POSTGRES } from '../columns';

/** A database of one's own, copied from the migrated template. Returns its URL and how to drop it. */
export async function copyTemplate(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  return POSTGRES ? copyPostgres(template) : copySqlite(template);
}

/** Where a database may be made and none is yet: a file's name in a new folder, or an empty database. */
export async function makeEmptyPlace(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  if (POSTGRES) return await createPostgres(template, 'template0');
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-empty-'));
  const url = `file:${join(folder, 'new', 'clinic.sqlite')}`;
  return { url, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function copySqlite(template: string) {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-test-'));
  const file = join(folder, 'test.sqlite');
  copyFileSync(template, file);
  return { url: `file:${file}`, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function copyPostgres(template: string) {
  return await createPostgres(template, new URL(template).pathname.slice(1));
}

async function createPostgres(server: string, templateName: string) {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new URL(server);
  admin.pathname = '/postgres';
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  // Copies of one template take turns: PostgreSQL refuses a template that is in use.
  await retrying(() => ask(`create database ${name} template ${templateName}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(`drop database if exists ${name} with (force)`) };
}

async function retrying(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  }
}
