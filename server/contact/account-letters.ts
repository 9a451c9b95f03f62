import 'server-only';
import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mailEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';
import { mailableAddress } from './channels/email';
import { accountWords } from './words';

/** `confirm`: with the link that does it; `asked`, `changed`: word to the address before, with none. */
type AccountLetter = { to: string; locale: string } & (
  | { kind: 'confirm'; token: string }
  | { kind: 'asked' | 'changed' }
);

/**
 * Writes to an address about the account's own address: at once, once, and to no account, which is why it is no notice.
 * False where it was not taken, or where no e-mails leave.
 */
export async function writeAccountLetter(app: AppProcess, letter: AccountLetter): Promise<boolean> {
  const from = mailEnv(app.env)?.from;
  const to = mailableAddress(letter.to);
  if (!from || to === null || !app.channels.write) return false;
  const words = await accountWords(letter.locale);
  const { subject, lead } = words[letter.kind];
  const link = letter.kind === 'confirm' ? `\n\n${new URL(`/email/${letter.token}`, app.env.REGRASP_URL).href}` : '';
  const messageToken = randomUUID();
  const raw = await new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    messageId: `<${messageToken}@${from.address.split('@').at(-1)}>`,
    text: `${lead}${link}\n\n${words.noReply}\n`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build();
  return (await app.channels.write({ to, raw, name: messageToken })).kind === 'sent';
}
