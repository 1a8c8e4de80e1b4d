import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceError } from '../errors.ts';

/** A service that answers. */
export interface Listening {
  /** 'http://127.0.0.1:8686' */
  readonly url: string;
  /** Takes no more requests, lets those under way end (at most `graceMs`), then closes. */
  readonly close: () => Promise<void>;
}

const graceMs = 3000;

/**
 * Listens on this machine alone: 127.0.0.1, never another address. Port 0 takes any free one.
 * @throws ServiceError port-taken
 */
export async function listen(app: RequestListener, port: number): Promise<Listening> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new ServiceError('port-taken', { port }, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => server.closeAllConnections(), graceMs);
    // a browser keeps its connection open after its answer has come
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(hurry);
      clearInterval(sweep);
      resolve();
    });
  });
}
