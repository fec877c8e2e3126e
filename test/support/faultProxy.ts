/** A proxy to an S3 server that simulates failures of networks and servers. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * - "pass": forwards everything.
 * - "silent": accepts connections and requests, but never answers.
 * - "refuse": refuses connections.
 * - "unavailable": answers 503 to every request.
 * - "cut": closes the connection after the first kilobyte of a response.
 * - "cutUpload": closes the connection after the first kilobyte of a request.
 */
export type Fault = "pass" | "silent" | "refuse" | "unavailable" | "cut" | "cutUpload";

export interface FaultProxy {
  readonly endpoint: string;
  /** The number of connections accepted so far. */
  readonly connections: number;
  /** Also applies to open connections. The delay is before each part of a response, in milliseconds. */
  set(fault: Fault, options?: { readonly delay?: number }): Promise<void>;
  close(): Promise<void>;
}

const answer503 = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const untilCut = 1024;

export async function startFaultProxy(endpoint: string): Promise<FaultProxy> {
  const target = new URL(endpoint);
  const sockets = new Set<Socket>();
  let fault: Fault = "pass";
  let delay = 0;
  let connections = 0;

  const keep = (socket: Socket, onClose: () => void): void => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      onClose();
    });
  };
  const server = createServer((client) => {
    connections++;
    let upstream: Socket | null = null;
    let received = 0;
    keep(client, () => upstream?.destroy());
    const open = (): Socket => {
      const opened = connect(Number(target.port), target.hostname);
      keep(opened, () => client.destroy());
      let sent = 0;
      opened.on("data", (chunk: Buffer) => {
        const pass = (): void => {
          if (fault === "silent") return;
          sent += chunk.length;
          if (fault === "cut" && sent > untilCut) {
            client.end(chunk.subarray(0, untilCut));
            setTimeout(() => client.destroy(), 20);
          } else client.write(chunk);
        };
        if (delay > 0) setTimeout(pass, delay);
        else pass();
      });
      return opened;
    };
    client.on("data", (chunk: Buffer) => {
      if (fault === "silent") return;
      if (fault === "unavailable") client.end(answer503);
      else {
        upstream ??= open();
        received += chunk.length;
        if (fault === "cutUpload" && received > untilCut) {
          const partial = upstream;
          partial.write(chunk.subarray(0, untilCut), () => {
            partial.destroy();
            client.destroy();
          });
        } else upstream.write(chunk);
      }
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  const stopListening = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    async set(next, options = {}) {
      fault = next;
      delay = options.delay ?? 0;
      if (next === "refuse" && server.listening) await stopListening();
      if (next !== "refuse" && !server.listening) await listen(port);
    },
    close: async () => (server.listening ? stopListening() : undefined),
  };
}
