/**
 * Measures requests per second over a number of connections, each of which sends its next request after a response. It writes requests to
 * sockets directly, because Node's own client is as slow as a server and would limit the result.
 */
import { connect, type Socket } from "node:net";

export interface Request {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of an answer that counts. */
  readonly status: number;
}

const connections = 16;
const endOfHead = "\r\n\r\n";
const withoutBody = 304;

function textOf({ url, method, headers, body }: Request): Buffer {
  const { host, pathname, search } = new URL(url);
  const all = { host, ...headers, ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }) };
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join("\r\n")}${endOfHead}${body ?? ""}`);
}

function lengthOf(head: string, status: number): number {
  if (status === withoutBody) return 0;
  const length = /^content-length: (\d+)\r?$/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer has no length:\n${head}`);
  return Number(length);
}

/** A keep-alive connection. */
class Client {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #answered: { resolve(): void; reject(error: Error): void; readonly status: number } | null = null;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1").setNoDelay(true);
    this.#socket.on("data", (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#read();
    });
    this.#socket.on("error", (error) => this.#answered?.reject(error));
    this.#socket.on("close", () => this.#answered?.reject(new Error("The server closed the connection.")));
  }

  send(text: Buffer, status: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = { resolve, reject, status };
      this.#socket.write(text);
    });
  }

  close(): void {
    this.#answered = null;
    this.#socket.destroy();
  }

  /** Resolves the pending request once its whole body has arrived. */
  #read(): void {
    const end = this.#received.indexOf(endOfHead);
    const answered = this.#answered;
    if (end < 0 || answered === null) return;
    try {
      const head = this.#received.toString("latin1", 0, end);
      const status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
      if (status !== answered.status) throw new Error(`A request was answered with ${status}:\n${head}`);
      if (this.#received.length < end + endOfHead.length + lengthOf(head, status)) return;
      this.#received = Buffer.alloc(0);
      answered.resolve();
    } catch (error) {
      answered.reject(error as Error);
    }
  }
}

/** Mean seconds per request, measured over `seconds`. @param requests Sent in turn to one server. */
export async function timeRequests(requests: readonly Request[], seconds: number): Promise<number> {
  const texts = requests.map((request) => ({ text: textOf(request), status: request.status }));
  const port = Number(new URL(requests[0]?.url ?? "").port);
  const clients = Array.from({ length: connections }, () => new Client(port));
  let count = 0;
  const began = performance.now();
  const isOver = (): boolean => performance.now() - began > seconds * 1000;
  const repeat = async (client: Client): Promise<void> => {
    while (!isOver()) {
      const { text, status } = texts[count++ % texts.length] as (typeof texts)[number];
      await client.send(text, status);
    }
  };
  try {
    await Promise.all(clients.map(repeat));
    return (performance.now() - began) / 1000 / count;
  } finally {
    for (const client of clients) client.close();
  }
}
