/** How `pareidolia login` reads a server's answers: a proxy's page has no fields, and a lost answer is no empty one. */
import { afterEach, expect, it, vi } from "vitest";
import { askServer } from "../../../apps/cli/src/access/deviceFlow.ts";

const ask = () => askServer("https://lab.example", "/auth/device/code", new AbortController().signal);
afterEach(() => vi.unstubAllGlobals());

it("an answer that is no JSON has no fields", async () => {
  vi.stubGlobal("fetch", async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  expect(await ask()).toEqual({ status: 502, body: {} });
});

it("an answer that is cut off is reported as a lost connection", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.error(new TypeError("terminated", { cause: { code: "ECONNRESET" } })),
  });
  vi.stubGlobal("fetch", async () => new Response(body));
  await expect(ask()).rejects.toMatchObject({ exit: "unreachable", message: expect.stringContaining("ECONNRESET") });
});
