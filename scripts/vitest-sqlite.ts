import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateSqlite } from '../db/migrate';

declare module 'vitest' {
  interface ProvidedContext {
    template: string;
  }
}

/** One migrated file; every test file copies it. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-sqlite-'));
  const template = join(folder, 'template.sqlite');
  migrateSqlite(template, join(process.cwd(), 'db/migrations/sqlite'));
  project.provide('template', template);
  return () => rmSync(folder, { recursive: true, force: true });
}
