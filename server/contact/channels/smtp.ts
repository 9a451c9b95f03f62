import 'server-only';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Outcome } from '#domain/contact/message';
import { SECOND_MS } from '#domain/time/duration';
import { isLoopback, type MailEnv } from '#server/runtime/env';

type SmtpEnv = Extract<MailEnv, { kind: 'smtp' }>;
export type Letter = { from: string; to: string; raw: Buffer };

/** Each step waits so long for an answer. */
const STEP_MS = 10 * SECOND_MS;
/** All steps to a connection, and all of one letter: less together than a claim lasts. */
const CONNECT_MS = 15 * SECOND_MS;
const LETTER_MS = 20 * SECOND_MS;
/** A connection is kept for the next letter so long. */
const IDLE_MS = 5 * SECOND_MS;

/** As nodemailer reports what went wrong. */
type Wrong = { code?: string; responseCode?: number; command?: string; response?: string };

/** The process is stopping, or the letter took too long. */
class CutShort extends Error {}

function connect(env: SmtpEnv): Promise<SMTPConnection> {
  const { host, port, secure, user, password } = env;
  const isHere = isLoopback(host);
  // Off this machine letters and passwords go through TLS, or not at all.
  const tls = secure || isHere ? { ignoreTLS: !secure } : { requireTLS: true };
  const times = { connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, dnsTimeout: STEP_MS };
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    ...tls,
    ...times,
    socketTimeout: STEP_MS,
    socketCloseTimeout: 0,
  });
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => fail(new CutShort()), CONNECT_MS);
    const fail = (error: unknown) => {
      clearTimeout(cut);
      // Closing says that it ended, which must not be taken for the reason.
      reject(error);
      connection.close();
    };
    const done = () => {
      clearTimeout(cut);
      resolve(connection);
    };
    connection.once('error', fail);
    connection.once('end', () => fail(new Error('ended')));
    connection.connect((error) => {
      if (error) return fail(error);
      if (user === '') return done();
      connection.login({ user, pass: password }, (refused) => (refused ? fail(refused) : done()));
    });
  });
}

/** Bytes that are asked for only when the server wants them; whoever must know of that is told first. */
function handedOver(raw: Buffer, handOver: () => Promise<void>): Readable {
  return Readable.from(
    (async function* () {
      await handOver();
      yield raw;
    })(),
  );
}

function post(connection: SMTPConnection, { from, to, raw }: Letter, handOver: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => end(new CutShort()), LETTER_MS);
    const end = (error: unknown) => {
      clearTimeout(cut);
      if (error) {
        reject(error);
        connection.close();
      } else resolve();
    };
    // A connection that ends under a letter says so by an event alone.
    connection.once('error', end);
    connection.once('end', () => end(new Error('ended')));
    connection.send({ from, to: [to], size: raw.length }, handedOver(raw, handOver), (error) => end(error));
  });
}

const codeOf = ({ responseCode, code }: Wrong) =>
  responseCode ? `smtp_${responseCode}` : (code ?? 'failed').toLowerCase().slice(0, 40);

/** The server knows no such mailbox. A refusal for reasons of its own (5.7.x: policy, relaying) says nothing of that. */
function isNoMailbox({ responseCode = 0, command, code, response = '' }: Wrong): boolean {
  if (code === 'EENVELOPE' && command === 'API') return true;
  return command === 'RCPT TO' && responseCode >= 500 && !/\b5\.(7|3|4|5)\.\d/.test(response);
}

/** What an error means for a letter that was, or was not, handed over. */
function outcomeOf(wrong: Wrong, wasHandedOver: boolean): Outcome {
  const code = codeOf(wrong);
  // An answer behind the letter is a word about it; silence is not.
  if (wasHandedOver && !(wrong.command === 'DATA' && wrong.responseCode)) return { kind: 'unsure', code };
  if (!wasHandedOver && isNoMailbox(wrong)) return { kind: 'dead', code };
  const isAboutLetter = wrong.command === 'RCPT TO' || wrong.command === 'DATA';
  return { kind: 'refused', code, isServerDown: !isAboutLetter };
}

/** Connections to one server, each used by one letter at a time. How many there are its users decide. */
export function createSmtp(env: SmtpEnv) {
  const idle = new Map<SMTPConnection, NodeJS.Timeout>();
  const open = new Set<SMTPConnection>();

  function letGo(connection: SMTPConnection): void {
    clearTimeout(idle.get(connection));
    idle.delete(connection);
    open.delete(connection);
    connection.close();
  }

  function keep(connection: SMTPConnection): void {
    connection.removeAllListeners('error');
    connection.removeAllListeners('end');
    // It may end at any time while nobody uses it.
    connection.once('error', () => letGo(connection));
    connection.once('end', () => letGo(connection));
    idle.set(connection, setTimeout(() => letGo(connection), IDLE_MS).unref());
  }

  async function take(): Promise<SMTPConnection> {
    const [kept] = idle.keys();
    const connection = kept ?? (await connect(env));
    clearTimeout(idle.get(connection));
    idle.delete(connection);
    open.add(connection);
    connection.removeAllListeners('error');
    connection.removeAllListeners('end');
    return connection;
  }

  return {
    async send(letter: Letter, handOver: () => Promise<void>): Promise<Outcome> {
      let wasHandedOver = false;
      let connection: SMTPConnection | undefined;
      try {
        connection = await take();
        await post(connection, letter, async () => {
          await handOver();
          wasHandedOver = true;
        });
        keep(connection);
        return { kind: 'sent' };
      } catch (error) {
        if (connection) letGo(connection);
        return outcomeOf(error instanceof Error ? (error as Wrong) : {}, wasHandedOver);
      }
    },
    async check(): Promise<string | null> {
      try {
        letGo(await connect(env));
        return null;
      } catch (error) {
        return codeOf(error instanceof Error ? (error as Wrong) : {});
      }
    },
    close(): void {
      for (const connection of [...open, ...idle.keys()]) letGo(connection);
    },
  };
}
