/** Waiting until an address answers, and finding ports. */
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";

const patience = 60_000;

/** Asks again and again until the answer is 2xx or `accepts` says yes to it. */
export async function waitForHttp(
  what: string,
  url: string,
  signal: AbortSignal,
  options: { readonly init?: RequestInit; accepts?(response: Response): Promise<boolean> } = {},
): Promise<void> {
  const deadline = performance.now() + patience;
  let lastAnswer = "no answer";
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { ...options.init, signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
      lastAnswer = `status ${response.status}`;
      if (options.accepts === undefined ? response.ok : await options.accepts(response)) return;
    } catch (error) {
      signal.throwIfAborted();
      lastAnswer = error instanceof Error ? error.message : String(error);
    }
    await sleep(100);
  }
  throw new AppError("UNAVAILABLE", `${what} did not become ready within ${patience / 1000} s (${lastAnswer}); its log says more.`);
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
