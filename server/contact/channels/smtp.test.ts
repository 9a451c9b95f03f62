import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { mailEnv, parseEnv } from '#server/runtime/env';
import { type MailServer, type Manner, startMailServer } from '#server/testing/mail-server';
import { createSmtp } from './smtp';

const base = { REGRASP_SECRET: 'x'.repeat(32), MAIL_FROM: 'Regrasp <regrasp@clinic.example>' };
const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

function smtpFor(url: string) {
  const mail = mailEnv(parseEnv({ ...base, SMTP_URL: url }));
  if (mail?.kind !== 'smtp') throw new Error('SMTP_URL makes a server of it');
  const smtp = createSmtp(mail);
  ends.unshift(() => smtp.close());
  return smtp;
}

async function serverThat(manner: Manner): Promise<MailServer> {
  const server = await startMailServer(() => manner);
  ends.push(() => server.stop());
  return server;
}

const raw = Buffer.from('Subject: x\r\n\r\n.x\r\n');
const letter = { from: 'regrasp@clinic.example', to: 'ana@example.org', raw };

describe('a letter to an SMTP server', () => {
  it.each<[Manner, object, number]>([
    ['take', { kind: 'sent' }, 1],
    ['slow', { kind: 'sent' }, 1],
    ['refuse', { kind: 'dead', code: 'smtp_550' }, 0],
    ['policy', { kind: 'refused', code: 'smtp_554', isServerDown: false }, 0],
    ['later', { kind: 'refused', code: 'smtp_451', isServerDown: false }, 0],
    ['reject', { kind: 'refused', code: 'smtp_554', isServerDown: false }, 0],
    ['drop', { kind: 'refused', isServerDown: true }, 0],
    ['die', { kind: 'unsure' }, 1],
  ])('%s', async (manner, outcome, arrived) => {
    const server = await serverThat(manner);
    let handed = 0;
    const sent = await smtpFor(server.url).send(letter, async () => {
      handed++;
    });
    expect(sent).toMatchObject(outcome);
    expect(server.received).toHaveLength(arrived);
    // Whoever refuses before the letter was handed nothing.
    expect(handed).toBe(['take', 'slow', 'reject', 'die'].includes(manner) ? 1 : 0);
  });

  it('is not sent where handing it over is forbidden', async () => {
    const server = await serverThat('take');
    const sent = await smtpFor(server.url).send(letter, () => Promise.reject(new Error('the claim was lost')));
    expect(sent.kind).toBe('refused');
    expect(server.received).toHaveLength(0);
  });

  it('begins when it is written down that it is handed over', async () => {
    const server = await serverThat('take');
    const sent = await smtpFor(server.url).send(letter, async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(server.letterBytes()).toBe(0);
    });
    expect(sent).toEqual({ kind: 'sent' });
  });

  it('goes over a connection that is there, and over a new one where that ended', async () => {
    const server = await serverThat('take');
    const smtp = smtpFor(server.url);
    for (let n = 0; n < 3; n++) expect(await smtp.send(letter, async () => undefined)).toEqual({ kind: 'sent' });
    expect(server.mostConnections()).toBe(1);
    await server.stop();
    expect(await smtp.send(letter, async () => undefined)).toMatchObject({ kind: 'refused', isServerDown: true });
    const again = await startMailServer(() => 'take', server.port);
    ends.push(() => again.stop());
    expect(await smtp.send(letter, async () => undefined)).toEqual({ kind: 'sent' });
  });

  it('is taken with the right password, and says nothing of a wrong one', async () => {
    const server = await serverThat('take');
    const withLogin = (login: string) => smtpFor(server.url.replace('//', `//${login}@`));
    expect(await withLogin('regrasp:p%40ss%20word').check()).toBeNull();
    expect(await withLogin('regrasp:wrong').check()).toBe('smtp_535');
    expect(await withLogin('regrasp:wrong').send(letter, async () => undefined)).toEqual({
      kind: 'refused',
      code: 'smtp_535',
      isServerDown: true,
    });
  });

  it('is refused by nobody there, and by who speaks no SMTP', async () => {
    const silent: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    ends.push(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    expect(await smtpFor('smtp://127.0.0.1:1').check()).not.toBeNull();
    expect(await smtpFor(`smtp://127.0.0.1:${port}`).check()).not.toBeNull();
  });
});
