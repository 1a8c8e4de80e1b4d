import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** How a server answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface FileServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly close: () => Promise<void>;
}

/** A loopback server that gives the answers in turn; the last one for ever. @param tls Key and certificate, PEM. */
export async function serveAnswers(
  answers: readonly Answer[],
  tls?: { readonly key: string; readonly cert: string },
): Promise<FileServer> {
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const listener: RequestListener = (request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer?.(response, request);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface GiveOptions {
  readonly etag?: string;
  /** The connection breaks after so many bytes of the answer. */
  readonly breakAfter?: number;
  /** It says nothing more after so many. */
  readonly stallAfter?: number;
  /** It gives all of the file, whatever was asked. */
  readonly ignoreRange?: boolean;
}

/** Gives a file as web servers do: Range and If-Range are honoured. */
export function give(bytes: Uint8Array, options: GiveOptions = {}): Answer {
  const { etag, breakAfter, stallAfter, ignoreRange = false } = options;
  return (response, { headers }) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
    const from = ignoreRange || !isSame ? 0 : start;
    if (from > 0 && from >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const body = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      ...(etag ? { etag } : {}),
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    const most = breakAfter ?? stallAfter;
    if (most === undefined || most >= body.length) response.end(body);
    else
      response.write(
        body.subarray(0, most),
        () => breakAfter !== undefined && setTimeout(() => response.destroy(), 20),
      );
  };
}

/** Answers with a status and no file. */
export function answer(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}
