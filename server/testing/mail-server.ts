import 'server-only';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export type Received = { to: string; raw: string; messageId: string; subject: string };

/**
 * How a server treats a letter. `take`; `refuse` the mailbox; `policy`: by a rule of its own; `later`: not now, before the
 * letter; `reject` the letter once it has it; `die`: it has the letter, and the line is cut before it says so; `hang`: it
 * has it, and says nothing; `drop`: it cuts the line before the letter; `slow`: it takes it, after a while.
 */
export type Manner = 'take' | 'refuse' | 'policy' | 'later' | 'reject' | 'die' | 'hang' | 'drop' | 'slow';

export type MailServer = {
  readonly url: string;
  readonly port: number;
  /** Every letter that it has whole, whether or not it could say so. */
  readonly received: Received[];
  /** How many connections were open at most. */
  mostConnections(): number;
  /** Bytes of letters that came so far. */
  letterBytes(): number;
  stop(): Promise<void>;
};

const SLOW_MS = 300;

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });

const header = (raw: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(raw)?.[1]?.trim() ?? '';

const BEFORE: Partial<Record<Manner, Error>> = {
  refuse: answer(550, '5.1.1 No such user here'),
  policy: answer(554, '5.7.1 Relay access denied'),
  later: answer(451, '4.3.0 Come back later'),
};

const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, callback) =>
  username === 'regrasp' && password === 'p@ss word'
    ? callback(null, { user: username })
    : callback(answer(535, '5.7.8 Wrong'));

/** What a server has of letters, and how many connections it had. */
class Post {
  readonly received: Received[] = [];
  bytes = 0;
  most = 0;
  readonly #manners = new WeakMap<SMTPServerSession, Manner>();

  meet(session: SMTPServerSession, manner: Manner): void {
    this.#manners.set(session, manner);
  }

  /** Takes a letter as its manner says; `cut` ends the line. */
  take(session: SMTPServerSession, raw: string, callback: (err?: Error) => void, cut: () => void): void {
    const manner = this.#manners.get(session) ?? 'take';
    if (manner === 'reject') {
      callback(answer(554, '5.6.0 Not like this'));
      return;
    }
    const to = session.envelope.rcptTo[0]?.address ?? '';
    this.received.push({ to, raw, messageId: header(raw, 'message-id'), subject: header(raw, 'subject') });
    if (manner === 'die') cut();
    else if (manner === 'slow') setTimeout(callback, SLOW_MS);
    else if (manner !== 'hang') callback();
  }
}

/** A real SMTP server on this machine, which treats each letter as `mannerOf` says by its address. */
export async function startMailServer(mannerOf: (to: string) => Manner = () => 'take', port = 0): Promise<MailServer> {
  const post = new Post();
  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections) if (connection.session === session) connection._socket.destroy();
  };
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100, onAuth },
    onConnect(_session, callback) {
      post.most = Math.max(post.most, server.connections.size);
      callback();
    },
    onRcptTo({ address }, session, callback) {
      const manner = mannerOf(address);
      post.meet(session, manner);
      if (manner === 'drop') cut(session);
      else callback(BEFORE[manner]);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        post.bytes += chunk.length;
        chunks.push(chunk);
      });
      const raw = () => Buffer.concat(chunks).toString('utf8');
      stream.on('end', () => post.take(session, raw(), callback, () => cut(session)));
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    received: post.received,
    mostConnections: () => post.most,
    letterBytes: () => post.bytes,
    stop: () =>
      new Promise((resolve) => {
        for (const { _socket } of server.connections) _socket.destroy();
        server.close(() => resolve());
      }),
  };
}
