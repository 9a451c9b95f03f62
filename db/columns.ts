import 'server-only';
import { sql } from 'drizzle-orm';
import * as p from 'drizzle-orm/pg-core';
import * as s from 'drizzle-orm/sqlite-core';

export const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url);

/**
 * One declaration, two dialects. Every helper is typed as its PostgreSQL builder and is, at run time, the builder
 * of the dialect that DATABASE_URL names. Only what both dialects have is exported (docs/decisions/001).
 * This is the only file that may write raw SQL.
 */
export const POSTGRES = isPostgres(process.env.DATABASE_URL ?? '');

const pick = <T>(postgres: T, sqlite: unknown): T => (POSTGRES ? postgres : (sqlite as T));

export const table = pick(p.pgTable, s.sqliteTable);
export const index = pick(p.index, s.index);
export const uniqueIndex = pick(p.uniqueIndex, s.uniqueIndex);
export const primaryKey = pick(p.primaryKey, s.primaryKey);

export const text = (name: string) => pick(p.text(name), s.text(name));
export const enumText = <const V extends readonly [string, ...string[]]>(name: string, values: V) =>
  pick(p.text(name, { enum: values }), s.text(name, { enum: values }));
export const integer = (name: string) => pick(p.integer(name), s.integer(name));
export const real = (name: string) => pick(p.doublePrecision(name), s.real(name));
/** Milliseconds since the epoch, UTC. */
export const epochMs = (name: string) => pick(p.bigint(name, { mode: 'number' }), s.integer(name, { mode: 'number' }));
/** A whole number as large as JavaScript keeps exactly. */
export const bigInteger = (name: string) =>
  pick(p.bigint(name, { mode: 'number' }), s.integer(name, { mode: 'number' }));
export const bool = (name: string) => pick(p.boolean(name), s.integer(name, { mode: 'boolean' }));
/** Versioned JSON; the caller parses it by zod on every read and write. */
export const json = <T>(name: string) => pick(p.jsonb(name).$type<T>(), s.text(name, { mode: 'json' }).$type<T>());

export const id = () => text('id').primaryKey();

/** Condition of a partial index, in SQL that both dialects read the same way. */
export const condition = (text: string) => sql.raw(text);

/**
 * Whether a column holds these characters anywhere, letters of ASCII in either case: `like` alone answers differently on
 * the two dialects, and would read `%` and `_` of what a person typed as jokers.
 */
export const containsText = (column: p.AnyPgColumn, text: string) =>
  POSTGRES ? sql`strpos(lower(${column}), lower(${text})) > 0` : sql`instr(lower(${column}), lower(${text})) > 0`;

/** Whether a column holds one of these texts: one parameter, however many they are. */
export const isAmong = (column: p.AnyPgColumn, texts: readonly string[]) =>
  POSTGRES
    ? sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`
    : sql`${column} in (select value from json_each(${JSON.stringify(texts)}))`;

/** `column + 1`, for counters that several writers raise. */
export const increment = (column: p.AnyPgColumn) => sql`${column} + 1`;
