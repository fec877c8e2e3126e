/** A small mail server on the loopback interface (RFC 5321, AUTH PLAIN), which keeps what it receives and refuses what a test wants. */

import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

interface ReceivedEmail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header lines, unfolded. */
  readonly headers: readonly string[];
  readonly body: string;
}

type SmtpCommand = "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "CONTENT";

export interface SmtpServer {
  readonly port: number;
  readonly received: ReceivedEmail[];
  /** Number of connections so far. */
  connections(): number;
  /** Sets the answer to a command, such as "550 No such user"; null for the usual answer, "hang up" to close the connection. */
  answer(command: SmtpCommand, answer: string | null): void;
  /** Waits for this many e-mails. */
  waitFor(count: number): Promise<readonly ReceivedEmail[]>;
  close(): Promise<void>;
}

export interface SmtpServerOptions {
  /** Requires AUTH PLAIN with these. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

const endOfContent = "\r\n.\r\n";

function readEmail(content: string): Pick<ReceivedEmail, "headers" | "body"> {
  const [head = "", ...rest] = content.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n").replaceAll("\r\n..", "\r\n.");
  const headers = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const isQuotedPrintable = headers.some((line) => /^content-transfer-encoding: quoted-printable$/i.test(line));
  const decode = (text: string): string =>
    text.replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { headers, body: (isQuotedPrintable ? decode(body) : body).replaceAll("\r\n", "\n") };
}

export async function startSmtpServer({ credentials }: SmtpServerOptions = {}): Promise<SmtpServer> {
  const received: ReceivedEmail[] = [];
  const answers = new Map<SmtpCommand, string>();
  const sockets = new Set<Socket>();
  let connections = 0;

  const converse = (socket: Socket): void => {
    let buffer = "";
    let isContent = false;
    let isAuthenticated = credentials === undefined;
    let from = "";
    let to: string[] = [];
    const reply = (command: SmtpCommand | null, usual: string): boolean => {
      const answer = (command === null ? undefined : answers.get(command)) ?? usual;
      if (answer === "hang up") socket.destroy();
      else socket.write(`${answer}\r\n`);
      return answer === usual;
    };
    const handle = (line: string): void => {
      const [verb = ""] = line.split(" ");
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      switch (verb.toUpperCase()) {
        case "EHLO":
          reply("EHLO", credentials === undefined ? "250-test\r\n250 8BITMIME" : "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN");
          return;
        case "AUTH": {
          const expected = Buffer.from(`\0${credentials?.user ?? ""}\0${credentials?.password ?? ""}`).toString("base64");
          isAuthenticated = line === `AUTH PLAIN ${expected}`;
          reply("AUTH", isAuthenticated ? "235 Welcome" : "535 Wrong user or password");
          return;
        }
        case "MAIL":
          from = address;
          to = [];
          reply("MAIL", isAuthenticated ? "250 OK" : "530 Authenticate first");
          return;
        case "RCPT":
          if (reply("RCPT", "250 OK")) to.push(address);
          return;
        case "DATA":
          isContent = reply("DATA", "354 Go ahead");
          return;
        case "QUIT":
          reply(null, "221 Bye");
          socket.end();
          return;
        default:
          reply(null, "250 OK");
      }
    };
    socket.on("data", (bytes) => {
      buffer += bytes.toString("latin1");
      for (;;) {
        const mark = isContent ? endOfContent : "\r\n";
        const end = buffer.indexOf(mark);
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + mark.length);
        if (isContent) {
          isContent = false;
          if (reply("CONTENT", "250 Accepted")) received.push({ from, to, ...readEmail(text) });
        } else handle(text);
      }
    });
    socket.on("error", () => undefined);
    socket.write("220 test ESMTP\r\n");
  };

  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    converse(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    answer: (command, answer) => void (answer === null ? answers.delete(command) : answers.set(command, answer)),
    async waitFor(count) {
      const deadline = performance.now() + 20_000;
      while (received.length < count) {
        if (performance.now() > deadline) throw new Error(`The mail server received ${received.length} of ${count} e-mails.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return received;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
