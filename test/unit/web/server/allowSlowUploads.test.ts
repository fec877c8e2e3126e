/** A real server with a short limit: only uploads may take longer. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allowSlowUploads } from "../../../../apps/web/src/server/allowSlowUploads.ts";

const server = createServer({ connectionsCheckingInterval: 50 }, (incoming, response) => {
  incoming.resume().on("end", () => response.end("received"));
});
let end: () => void;
beforeAll(async () => {
  server.requestTimeout = 200;
  end = allowSlowUploads(200);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  end();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends a body for 600 ms. */
async function sendSlowly(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: "127.0.0.1", path, method: "POST", agent: false });
  const answered = new Promise<string>((resolve) => {
    sent.on("response", (response) => response.on("data", (text: Buffer) => resolve(`${response.statusCode} ${text.toString()}`)).resume());
    sent.on("error", () => resolve("cut off"));
  });
  for (let piece = 0; piece < 6 && !sent.destroyed; piece++) {
    sent.write("a");
    await sleep(100);
  }
  sent.end();
  return answered;
}

it("an upload may take longer than other requests", async () => {
  expect(await Promise.all([sendSlowly("/uploads"), sendSlowly("/graphql")])).toEqual(["200 received", "cut off"]);
});
