/** A proxy between a program and PostgreSQL with which a test makes the database unavailable and available again. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface DatabaseProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /** Closes all connections and refuses new ones, like a crashed server. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Keeps connections and accepts new ones, but forwards nothing, like a server whose processes are stopped. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const ends = [client, upstream];
    for (const socket of ends) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        for (const other of ends) other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
    if (frozen) for (const socket of ends) socket.pause();
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const freeze = (): void => {
    frozen = true;
    for (const socket of sockets) socket.pause();
  };
  const thaw = (): void => {
    frozen = false;
    for (const socket of sockets) socket.resume();
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.href, cut, restore: () => listen(port), freeze, thaw, close: async () => (server.listening ? cut() : undefined) };
}
