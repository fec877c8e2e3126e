/**
 * Fifty photographs that are uploaded to a draft at once: all are stored, several at a time, with a request for each file and a few for
 * all, and the page's queries are not repeated for each. They took 22 seconds when each request waited for the one before it, and 5 were
 * required. How long a request takes depends on the machine and on what else it does, but not how many of them wait for one another: this is
 * what the test compares, on a connection with so much latency that all requests take about as long. Prints it with the time and the processor
 * time, of photographs of 500 x 400 pixels or, with PAREIDOLIA_PHOTOGRAPHS=phone, 4000 x 3000.
 */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { ask, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { readShared } from "../support/readShared.ts";
import { startProcessorClock } from "../support/systemProcessorTime.ts";

const count = 50;
const sizes = { page: { width: 500, height: 400 }, phone: { width: 4000, height: 3000 } };
const size = process.env["PAREIDOLIA_PHOTOGRAPHS"] === "phone" ? "phone" : "page";
const sources = ["hot_dog.jpg", "owl.jpg", "parrot.jpg"];

/** Different parts of the photographs in the shared cache. Returns the bytes of all. */
async function writePhotographs(files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const [i, file] of files.entries()) {
    const source = sharp(await readShared(`photos/${sources[i % sources.length]}`));
    const part = source.extract({ left: i, top: i, width: 400, height: 300 }).resize(sizes[size]).sharpen();
    const jpeg = await part.jpeg({ quality: 92 }).toBuffer();
    bytes += jpeg.length;
    await writeFile(file, jpeg);
  }
  return bytes;
}

/** When each request of the uploads was sent and answered, in order of the answers. */
interface Exchange {
  readonly sent: number;
  readonly answered: number;
}

/** The most requests of which each was sent after the answer to the one before it. */
function countInTurn(exchanges: readonly Exchange[]): number {
  let [inTurn, now] = [0, Number.NEGATIVE_INFINITY];
  for (const { sent, answered } of exchanges)
    if (sent >= now) {
      inTurn++;
      now = answered;
    }
  return inTurn;
}

/** Counts the requests of each operation and each path, the most uploads at once, and those of which each waited for the one before it. */
function countRequests(page: Page) {
  const counts = new Map<string, number>();
  const sent = new Map<unknown, number>();
  const exchanges: Exchange[] = [];
  let mostAtOnce = 0;
  page.on("request", (request) => {
    const pathname = readWorkspaceAddress(new URL(request.url()).pathname).path;
    const operation = pathname === "/graphql" ? /"operationName":"(\w+)"/.exec(request.postData() ?? "")?.[1] : pathname;
    const name = operation ?? pathname;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!["/uploads", "RequestPhotos", "StorePhotos"].includes(name)) return;
    sent.set(request, performance.now());
    mostAtOnce = Math.max(mostAtOnce, sent.size);
  });
  for (const event of ["requestfinished", "requestfailed"] as const)
    page.on(event as "requestfinished", (request) => {
      const time = sent.get(request);
      if (sent.delete(request)) exchanges.push({ sent: time as number, answered: performance.now() });
    });
  return { of: (name: string) => counts.get(name) ?? 0, mostAtOnce: () => mostAtOnce, inTurn: () => countInTurn(exchanges) };
}

/** Three requests for each photograph, each after the answer to the one before it, took 22 seconds. */
const oneByOne = { seconds: 22, requests: 3 * count };
const maxSeconds = 5;
const latency = 150;

test("fifty photographs are uploaded at once, several at a time, and none is lost", { tag: "@undisturbed" }, async ({ page }) => {
  const folder = await mkdtemp(path.join(tmpdir(), "photographs-"));
  const files = Array.from({ length: count }, (_, i) => path.join(folder, `photograph-${i}.jpg`));
  const bytes = await writePhotographs(files);
  const run = await finishedRun(page, { generations: 40 });
  const { createStudy } = await ask<{ createStudy: { study: { key: string } } }>(
    page,
    "mutation($input: CreateStudyInput!) { createStudy(input: $input) { ... on StudySuccess { study { key } } ... on Error { message } } }",
    { input: { title: `Photographs ${randomUUID().slice(0, 8)}`, runIds: [run.id] } },
  );
  await page.goto(`/studies/${createStudy.study.key}`);
  // Measured once for each draft, which takes the API a while.
  await page.getByText(/ at 50 KB\/s$/).waitFor();
  await page.getByRole("button", { name: "Choose photographs" }).click();
  const dialog = page.getByRole("dialog", { name: "Gold photographs" });
  const rows = dialog.getByRole("listitem");
  await rows.first().waitFor();
  const before = await rows.count();

  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
  const requests = countRequests(page);
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByText("Upload photographs").click();
  const load = loadavg()[0] ?? 0;
  const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(import.meta.dirname, "../results/e2e-home");
  const readClock = await startProcessorClock(home);
  const start = performance.now();
  await (await chooser).setFiles(files);
  await dialog.getByText(/^Uploading /).waitFor();
  await dialog.getByText("Upload photographs").waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - start) / 1000;
  const { width, height } = sizes[size];
  const used = [...(await readClock())];
  const processorSeconds = used.reduce((sum, [, each]) => sum + each, 0);
  const shares = used.map(([part, each]) => `${part} ${each.toFixed(1)}`).join(", ");
  console.log(
    `${count} photographs of ${width} x ${height} pixels and ${Math.round(bytes / count / 1000)} KB on average: ${seconds.toFixed(1)} s on ${availableParallelism()} cores with ${latency} ms of latency and a load of ${load.toFixed(1)} before; ${requests.inTurn()} requests waited for one another. Processor time: ${processorSeconds.toFixed(1)} s (${shares}).`,
  );

  await expect(rows).toHaveCount(before + count);
  await expect(dialog.getByText(`Give each photograph a class of the network; ${count} lack one.`)).toBeVisible();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  expect(requests.of("/uploads")).toBe(count);
  expect(requests.of("RequestPhotos")).toBe(count / 25);
  expect(requests.of("StorePhotos")).toBeLessThanOrEqual(1 + count / 8);
  for (const name of ["RequestUpload", "FinishUpload", "DeleteUpload"]) expect(requests.of(name), name).toBe(0);
  expect(requests.mostAtOnce()).toBeGreaterThan(2);
  expect(requests.inTurn() * (oneByOne.seconds / oneByOne.requests)).toBeLessThan(maxSeconds);
  // As much as two cores have in that time.
  if (size === "page") expect(processorSeconds).toBeLessThan(2 * maxSeconds);
  // The page polls them.
  for (const name of ["StudyPage", "Shell", "StudyModel", "SessionWeight"]) expect(requests.of(name), name).toBeLessThan(count / 2);
  await rm(folder, { recursive: true });
});
