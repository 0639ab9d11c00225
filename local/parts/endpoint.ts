// A small relay: the one place at which clients ask, and that leads to whichever server answers just now.
import { connect, createServer, type Socket } from 'node:net';
import type { Address } from '../machine/network.ts';

export interface Endpoint {
  /** New connections go there, and the others end. */
  leadTo(place: Address | undefined): void;
  close(): Promise<void>;
}

export async function openEndpoint(front: Address): Promise<Endpoint> {
  let target: Address | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    if (target === undefined) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target);
    const pair = [incoming, outgoing];
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        for (const each of pair) each.destroy();
      });
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(front.port, front.host, resolve);
  });
  const endAll = () => sockets.forEach((socket) => void socket.destroy());
  return {
    leadTo(place) {
      target = place;
      endAll();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      endAll();
      await closed;
    },
  };
}
