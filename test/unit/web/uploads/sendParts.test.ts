/** A page sends a large file in parts: it waits out lost connections, skips parts that have arrived, and stops when cancelled. */
import { createHash } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { findArrived, sendParts } from "../../../../apps/web/src/features/uploads/sendParts.ts";

const partBytes = 4;
const file = new File([new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9])], "results.zip");
const sha256Of = (bytes: readonly number[]) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
const first = sha256Of([1, 2, 3, 4]);

type Answer = (address: string) => Response;
const lost: Answer = () => {
  throw new TypeError("failed to fetch");
};
const arrived: Answer = () => Response.json({});

/** Gives requests these answers in turn, repeating the last one, and returns their addresses. */
function answering(...answers: readonly Answer[]): string[] {
  const addresses: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    addresses.push(address);
    return (answers[Math.min(addresses.length, answers.length) - 1] as Answer)(address);
  });
  vi.stubGlobal("navigator", { onLine: true });
  // Ends each pause at once, as if the browser were back online.
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => queueMicrotask(listener));
  vi.stubGlobal("removeEventListener", () => undefined);
  return addresses;
}
afterEach(() => vi.unstubAllGlobals());

const upload = (sha256s: readonly string[] = []) => ({ id: "u", arrived: { partBytes, partCount: 3, sha256s } });

it("sends each part with its hash, and reports the share that has arrived", async () => {
  const addresses = answering(arrived);
  const shares: number[] = [];
  await sendParts(upload(), file, { onProgress: (share) => shares.push(share), signal: new AbortController().signal });
  expect(addresses).toEqual([first, sha256Of([5, 6, 7, 8]), sha256Of([9])].map((hash, i) => `/uploads/u/parts/${i}?sha256=${hash}`));
  expect(shares).toEqual([1 / 3, 2 / 3, 1]);
});

it("sends only parts that have not arrived or differ from the file", async () => {
  const addresses = answering(arrived);
  await sendParts(upload([first, sha256Of([0])]), file, { onProgress: () => undefined, signal: new AbortController().signal });
  expect(addresses.map((address) => /parts\/(\d)/.exec(address)?.[1])).toEqual(["1", "2"]);
});

it("waits while the connection is lost or the API is busy, then resumes by itself", async () => {
  const busy: Answer = () => Response.json({ errors: [{ message: "16 uploads are in progress." }] }, { status: 503 });
  const addresses = answering(lost, busy, arrived);
  const problems: (string | null)[] = [];
  await sendParts(upload([first]), file, {
    onProgress: () => undefined,
    onWaiting: (problem) => problems.push(problem),
    signal: new AbortController().signal,
  });
  expect(addresses.map((address) => /parts\/(\d)/.exec(address)?.[1])).toEqual(["1", "1", "1", "2"]);
  expect(problems).toEqual(["The API did not answer.", "16 uploads are in progress.", null, null]);
});

it("fails with the API's reason if it refuses a part, or with the signal's abort reason", async () => {
  answering(() => Response.json({ errors: [{ message: "This upload has expired." }] }, { status: 403 }));
  const signal = new AbortController().signal;
  await expect(sendParts(upload(), file, { onProgress: () => undefined, signal })).rejects.toThrow("This upload has expired.");
  const cancelled = new AbortController();
  answering(() => {
    cancelled.abort(new Error("The upload was cancelled."));
    throw new TypeError("aborted");
  });
  await expect(sendParts(upload(), file, { onProgress: () => undefined, signal: cancelled.signal })).rejects.toThrow("was cancelled");
});

it("treats an upload that it may not continue as missing", async () => {
  answering(() => new Response("{}", { status: 403 }));
  expect(await findArrived("u", new AbortController().signal)).toBeNull();
});
