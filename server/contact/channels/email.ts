import 'server-only';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '#domain/contact/message';
import { emailSchema } from '#domain/input/fields';
import type { Env, MailEnv } from '#server/runtime/env';
import { isWritable } from '#server/runtime/folders';
import { addressHash } from '../links';
import { composeMail } from '../mail';
import type { Channel } from './channel';
import { createSmtp, type Letter } from './smtp';

type Post = {
  send(letter: Letter & { name: string }, handOver: () => Promise<void>): Promise<Outcome>;
  check(): Promise<string | null>;
  close(): void;
};

/** E-mails as files, for looking at them while developing: nobody is sent anything. */
function createFolder(folder: string): Post {
  return {
    async send({ name, raw }, handOver) {
      try {
        await mkdir(folder, { recursive: true });
        const file = join(folder, `${name}.eml`);
        await handOver();
        await writeFile(`${file}.part`, raw);
        await rename(`${file}.part`, file);
        return { kind: 'sent' };
      } catch {
        return { kind: 'refused', code: 'folder', isServerDown: true };
      }
    },
    check: async () => ((await isWritable(folder)) ? null : 'folder'),
    close: () => undefined,
  };
}

/**
 * What an SMTP server reads as one plain address. Whatever else is stored as one, such as a phone number or a list, is
 * none; a plus part is part of it.
 */
const PLAIN = /^[^\s@<>(),;:\\"[\]\p{Cc}]+@[^\s@<>(),;:\\"[\]\p{Cc}]+$/u;

export function mailableAddress(email: string | null): string | null {
  const parsed = emailSchema.safeParse(email);
  return parsed.success && PLAIN.test(parsed.data) ? parsed.data : null;
}

/** By what an account's address is recognised among those that were refused; null where it is none. */
export const emailHashWith =
  ({ REGRASP_SECRET }: Env) =>
  (email: string | null): string | null => {
    const address = mailableAddress(email);
    return address && addressHash(REGRASP_SECRET, 'email', address);
  };

/** Something that is written to an address and is no news of an account. */
type Written = { to: string; raw: Buffer; name: string };

export type EmailChannel = Channel & { write(letter: Written): Promise<Outcome> };

export function createEmail(mail: MailEnv, { REGRASP_URL, REGRASP_SECRET }: Env): EmailChannel {
  const post: Post = mail.kind === 'smtp' ? createSmtp(mail) : createFolder(mail.folder);
  const ours = { appUrl: REGRASP_URL, secret: REGRASP_SECRET, from: mail.from };
  return {
    name: 'email',
    addressesOf({ email }) {
      const address = mailableAddress(email);
      return address === null ? [] : [address];
    },
    async send(outgoing, handOver) {
      const raw = await composeMail(outgoing, ours);
      return await post.send({ from: mail.from.address, to: outgoing.to, raw, name: outgoing.messageToken }, handOver);
    },
    write: (letter) => post.send({ from: mail.from.address, ...letter }, async () => undefined),
    check: () => post.check(),
    close: () => post.close(),
  };
}
