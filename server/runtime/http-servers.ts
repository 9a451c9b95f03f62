import 'server-only';
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

type Message = { request: IncomingMessage; response: ServerResponse; server: Server };

/** The HTTP servers of this process, which the framework makes and keeps to itself, as Node tells of their requests. */
export type HttpServers = {
  /** Takes no new connection, lets what is under way be answered, at most for so long. Answers when all is done. */
  close(withinMs: number): Promise<void>;
};

/** Begins to count requests that are being answered. */
export function watchHttpServers(): HttpServers {
  const servers = new Set<Server>();
  const open = new Set<ServerResponse>();
  let isClosing = false;
  let noticeIdle: () => void = () => undefined;
  channel('http.server.request.start').subscribe((data) => {
    const { server, response } = data as Message;
    servers.add(server);
    open.add(response);
    // On a connection that is kept: its answer is the last one there.
    if (isClosing) response.setHeader('Connection', 'close');
    response.once('close', () => {
      open.delete(response);
      if (open.size === 0) noticeIdle();
    });
  });
  return {
    async close(withinMs) {
      isClosing = true;
      for (const server of servers) server.close();
      if (open.size > 0) {
        await new Promise<void>((resolve) => {
          noticeIdle = resolve;
          setTimeout(resolve, withinMs);
        });
      }
      for (const server of servers) server.closeAllConnections();
    },
  };
}
