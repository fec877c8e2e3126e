/**
 * Fifty photographs that are uploaded to a draft at once: all are stored, several at a time, with a request for each file and a few for
 * all, and the page's queries are not repeated for each. Prints the time, of photographs of 500 x 400 pixels or, with PAREIDOLIA_PHOTOGRAPHS=phone, 4000 x 3000.
 */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
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

/** Counts the requests of each operation and each path, and the most uploads at once. */
function countRequests(page: Page) {
  const counts = new Map<string, number>();
  const sent = new Set<unknown>();
  let mostAtOnce = 0;
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const operation = pathname === "/graphql" ? /"operationName":"(\w+)"/.exec(request.postData() ?? "")?.[1] : pathname;
    const name = operation ?? pathname;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!["/uploads", "RequestPhotos", "StorePhotos"].includes(name)) return;
    sent.add(request);
    mostAtOnce = Math.max(mostAtOnce, sent.size);
  });
  for (const event of ["requestfinished", "requestfailed"] as const) page.on(event as "requestfinished", (request) => sent.delete(request));
  return { of: (name: string) => counts.get(name) ?? 0, mostAtOnce: () => mostAtOnce };
}

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
  const shares = used.map(([part, each]) => `${part} ${each.toFixed(1)}`).join(", ");
  console.log(
    `${count} photographs of ${width} x ${height} pixels and ${Math.round(bytes / count / 1000)} KB on average: ${seconds.toFixed(1)} s on ${availableParallelism()} cores, with a load of ${load.toFixed(1)} before. Processor time: ${used.reduce((sum, [, each]) => sum + each, 0).toFixed(1)} s (${shares}).`,
  );

  await expect(rows).toHaveCount(before + count);
  await expect(dialog.getByText(`Give each photograph a class of the network; ${count} lack one.`)).toBeVisible();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  expect(requests.of("/uploads")).toBe(count);
  expect(requests.of("RequestPhotos")).toBe(count / 25);
  expect(requests.of("StorePhotos")).toBeLessThanOrEqual(1 + count / 8);
  for (const name of ["RequestUpload", "FinishUpload", "DeleteUpload"]) expect(requests.of(name), name).toBe(0);
  expect(requests.mostAtOnce()).toBeGreaterThan(2);
  // The page polls them.
  for (const name of ["StudyPage", "Shell", "StudyModel", "SessionWeight"]) expect(requests.of(name), name).toBeLessThan(count / 2);
  await rm(folder, { recursive: true });
});
