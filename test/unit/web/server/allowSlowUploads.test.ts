/** A real server with a short limit: only uploads may take longer. */
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allowSlowUploads } from "../../../../apps/web/src/server/allowSlowUploads.ts";

const server = createServer({ connectionsCheckingInterval: 50 }, (incoming, response) => {
  if (incoming.headers["x-refused"] !== undefined) return void response.end("refused");
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

it.each(["/uploads", "/graphql"])("what a sender continues sending after its request to %s is refused is cut off", async (path) => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-Refused: 1\r\nContent-Length: 1000000\r\n\r\n`);
  const cutOff = new Promise<string>((resolve) => {
    socket
      .resume()
      .on("error", () => undefined)
      .on("close", () => resolve("cut off"));
  });
  const sending = setInterval(() => socket.write("a"), 20);
  const outcome = await Promise.race([cutOff, sleep(3_000, "still sending")]);
  clearInterval(sending);
  socket.destroy();
  expect(outcome).toBe("cut off");
});

it("an upload may take longer than other requests", async () => {
  expect(await Promise.all([sendSlowly("/uploads"), sendSlowly("/graphql")])).toEqual(["200 received", "cut off"]);
});
