/** Senders that cost the server much and themselves little. Each has one API key and one network. */
import { connect, type Socket } from "node:net";

export interface Attack {
  readonly name: string;
  /** Sends requests until the signal aborts. */
  start(signal: AbortSignal): void;
}

interface Target {
  readonly origin: string;
  /** A key that may only read. */
  readonly key: Readonly<Record<string, string>>;
}

interface Flood {
  readonly connections: number;
  /** How many requests a connection sends before it waits for the first response. */
  readonly pipelined: number;
  /** Whether it reads responses. */
  readonly reads: boolean;
}

interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const labels = JSON.stringify({ query: "{ models(first: 50) { nodes { labels } } }" });
const ordinary = JSON.stringify({ query: "{ experiments(first: 50) { nodes { key name runs(first: 5) { nodes { key name state } } } } }" });

function textOf(origin: string, { path, headers, body }: Post): Buffer {
  const all = { host: new URL(origin).host, "content-type": "application/json", ...headers, "content-length": Buffer.byteLength(body) };
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\r\n")}\r\n\r\n${body}`,
  );
}

/** Writes requests to sockets without a client, which would be slower than the server. A connection that the server closes is opened again. */
function flood(origin: string, post: () => Post, { connections, pipelined, reads }: Flood, signal: AbortSignal): void {
  const open = (): void => {
    if (signal.aborted) return;
    const socket: Socket = connect(Number(new URL(origin).port), "127.0.0.1").setNoDelay(true);
    const send = (count: number): void => {
      for (let i = 0; i < count && !socket.destroyed; i++) socket.write(textOf(origin, post()));
    };
    socket.once("connect", () => send(pipelined));
    if (reads)
      socket.on("data", (chunk: Buffer) => {
        const answered = chunk.toString("latin1").split("HTTP/1.1 ").length - 1;
        send(answered);
      });
    else socket.pause();
    socket.on("error", () => socket.destroy());
    socket.once("close", () => setTimeout(open, 20).unref());
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
  };
  for (let i = 0; i < connections; i++) open();
}

export function attacksOn({ origin, key }: Target): readonly Attack[] {
  const network = { "x-forwarded-for": "203.0.113.7" };
  const graphql = (body: string) => () => ({ path: "/graphql", headers: { ...network, ...key }, body });
  let guesses = 0;
  const guess = (): Post => ({
    path: "/auth/sign-in/email",
    headers: { ...network, origin: "http://127.0.0.1" },
    body: JSON.stringify({ email: `user${guesses++}@pareidolia.example`, password: "a wrong password" }),
  });
  const attack = (name: string, post: () => Post, kind: Flood): Attack => ({ name, start: (signal) => flood(origin, post, kind, signal) });
  return [
    attack("20 connections x 50 pipelined lists of labels", graphql(labels), { connections: 20, pipelined: 50, reads: true }),
    attack("30 parallel ordinary requests", graphql(ordinary), { connections: 30, pipelined: 1, reads: true }),
    attack("50 connections that read no response", graphql(labels), { connections: 50, pipelined: 20, reads: false }),
    attack("40 parallel guesses of passwords", guess, { connections: 40, pipelined: 1, reads: true }),
  ];
}
