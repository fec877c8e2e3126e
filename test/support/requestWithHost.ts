/** Asks a server on this machine under another name, as a browser does after DNS rebinding. */
import { request } from "node:http";

export interface HostRequest {
  readonly host: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer's status and text; 101 where the server lets a WebSocket in. */
export function requestWithHost(
  url: string,
  { host, method = "GET", headers = {}, body }: HostRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers: { ...headers, host }, setHost: false, agent: false });
    asked.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, text: "" });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** What opens a WebSocket of graphql-ws. */
export const upgradeHeaders = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "MDEyMzQ1Njc4OWFiY2RlZg==",
  "sec-websocket-protocol": "graphql-transport-ws",
} as const;
