import 'server-only';
import { findOldestDue } from '#db/queries/contact/person';
import { MINUTE_MS } from '#domain/time/duration';
import { mailEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';
import { type Finding, ok, warning, wrong } from './finding';

const LATE_MS = 10 * MINUTE_MS;

/** Whether news can leave the app, and whether any waits that should be gone. */
export async function examineDelivery(app: AppProcess, nowMs: number): Promise<Finding[]> {
  const mail = mailEnv(app.env);
  if (!mail) return [warning('e-mail', 'none is set (SMTP_URL): news is seen in the app alone')];
  const channel = app.channels.all.find(({ name }) => name === 'email');
  const code = (await channel?.check()) ?? null;
  const place = mail.kind === 'smtp' ? `${mail.host}:${mail.port}` : mail.folder;
  if (code !== null)
    return [wrong('e-mail', `${place} takes none (${code}). Compare SMTP_URL, its user and password, and its TLS.`)];
  const oldest = await app.database.read((d) => findOldestDue(d));
  if (oldest !== null && oldest < nowMs - LATE_MS)
    return [
      wrong('e-mail', `${place} answers, and news waits since ${new Date(oldest).toISOString()}. Does the app run?`),
    ];
  if (mail.kind === 'folder') return [warning('e-mail', `they are written to ${place} and sent to nobody`)];
  return [ok('e-mail', `${place} answers`)];
}
