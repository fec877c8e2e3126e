/** Waits until a URL answers, and finds free ports. */
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";

/** Longer than the API and the worker wait for Postgres. */
const timeout = 180_000;

/**
 * Polls a URL until `accepts` returns true for the response, or until its status is 2xx if `accepts` is left out.
 * @throws AppError UNAVAILABLE after three minutes. `name` begins the message.
 */
export async function waitForHttp(
  name: string,
  url: string,
  signal: AbortSignal,
  options: { readonly init?: RequestInit; accepts?(response: Response): Promise<boolean> } = {},
): Promise<void> {
  const deadline = performance.now() + timeout;
  let lastResult = "no response";
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { ...options.init, signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
      lastResult = `status ${response.status}`;
      if (options.accepts === undefined ? response.ok : await options.accepts(response)) return;
    } catch (error) {
      signal.throwIfAborted();
      lastResult = error instanceof Error ? error.message : String(error);
    }
    await sleep(100);
  }
  throw new AppError("UNAVAILABLE", `${name} was not ready within ${timeout / 1000} s (${lastResult}). See its log.`);
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
