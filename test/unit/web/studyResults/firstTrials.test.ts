/** The first rows of an export that may be endless. */
import { afterEach, expect, it, vi } from "vitest";
import { readFirstTrials } from "../../../../apps/web/src/features/studyResults/firstTrials.ts";

afterEach(() => void vi.unstubAllGlobals());

const answerWith = (response: Response): void => void vi.stubGlobal("fetch", async () => response);
const { signal } = new AbortController();

it("reads as many rows as it shows from parts that break rows anywhere, and leaves the rest", async () => {
  let sent = 0;
  let cancelled = false;
  const text = (row: number): string => `{"trial":${row},"label":"ä${row}"}\n`;
  const bytes = new TextEncoder().encode(Array.from({ length: 100 }, (_, row) => text(row)).join(""));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytes.slice(sent, sent + 7));
      sent += 7;
      if (sent >= bytes.length) controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  answerWith(new Response(body));
  const rows = await readFirstTrials("STU-1", 3, signal);
  expect(rows).toEqual([0, 1, 2].map((row) => ({ trial: row, label: `ä${row}` })));
  expect(cancelled).toBe(true);
  expect(sent).toBeLessThan(bytes.length / 4);
});

it("reads an export that is shorter", async () => {
  answerWith(new Response('{"trial":1}\n{"trial":2}\n'));
  expect(await readFirstTrials("STU-1", 50, signal)).toEqual([{ trial: 1 }, { trial: 2 }]);
  answerWith(new Response(""));
  expect(await readFirstTrials("STU-1", 50, signal)).toEqual([]);
});

it("fails with the API's message, or the status without one", async () => {
  answerWith(Response.json({ errors: [{ message: "Only researchers export trials." }] }, { status: 403 }));
  await expect(readFirstTrials("STU-1", 50, signal)).rejects.toThrow("Only researchers export trials.");
  answerWith(new Response("<html>", { status: 502 }));
  await expect(readFirstTrials("STU-1", 50, signal)).rejects.toThrow("status 502");
});
