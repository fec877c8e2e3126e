/** Sends a request to a local server with another Host header, like a browser after DNS rebinding. */
import { request } from "node:http";

export interface HostRequest {
  readonly host: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Returns the response's status and text; 101 if the server accepts a WebSocket. */
export function requestWithHost(
  url: string,
  { host, method = "GET", headers = {}, body }: HostRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...headers, host }, setHost: false, agent: false });
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, text: "" });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Headers that open a WebSocket of graphql-ws. */
export const upgradeHeaders = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "MDEyMzQ1Njc4OWFiY2RlZg==",
  "sec-websocket-protocol": "graphql-transport-ws",
} as const;
