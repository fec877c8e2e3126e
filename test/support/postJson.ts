/** Posts JSON over connections that stay open. `fetch` takes three times as much processor time, half a millisecond for each request. */
import { Agent, request } from "node:http";

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: no limit. */
  readonly timeoutMilliseconds?: number | undefined;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/** No response within the time given. */
export class NoResponse extends Error {}

/** Closes idle connections earlier than any server of the tests, which would otherwise reset one that a request is about to use. */
const agent = new Agent({ keepAlive: true, timeout: 30_000 });

export function postJson(url: string, body: string, { headers = {}, timeoutMilliseconds }: PostOptions = {}): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const all = { accept: "*/*", "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), ...headers };
    const sent = request(url, { agent, method: "POST", headers: all }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    if (timeoutMilliseconds !== undefined) {
      const timer = setTimeout(() => sent.destroy(new NoResponse("No response.")), timeoutMilliseconds);
      sent.once("close", () => clearTimeout(timer));
    }
    sent.end(body);
  });
}
