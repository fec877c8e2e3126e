/** Requests a second that a server answers to a number of connections, each of which sends its next request after an answer. */
import { Agent, request } from "node:http";

export interface Request {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of an answer that counts. */
  readonly status: number;
}

const connections = 16;

function send({ url, method, headers, body, status }: Request, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      response.resume();
      response.once("error", reject);
      response.once("end", () =>
        response.statusCode === status ? resolve() : reject(new Error(`${method} ${url} was answered with ${response.statusCode}.`)),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Seconds for each request, over `seconds`. @param requests are sent in turn. */
export async function timeRequests(requests: readonly Request[], seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let count = 0;
  const began = performance.now();
  const isOver = (): boolean => performance.now() - began > seconds * 1000;
  const connect = async (): Promise<void> => {
    while (!isOver()) await send(requests[count++ % requests.length] as Request, agent);
  };
  try {
    await Promise.all(Array.from({ length: connections }, connect));
    return (performance.now() - began) / 1000 / count;
  } finally {
    agent.destroy();
  }
}
