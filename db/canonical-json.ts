import 'server-only';
import { configure } from 'safe-stable-stringify';

const stringify = configure({ deterministic: true, bigint: false, circularValue: Error });

/** JSON with its keys in order, so that equal values are equal texts: PostgreSQL's jsonb keeps no order of its own. */
export function canonicalJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
