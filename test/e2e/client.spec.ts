/** The client in a browser: queries, lists, both kinds of subscriptions, downloads and uploads, through the web application. */
import path from "node:path";
import { expect } from "@playwright/test";
import { build } from "rolldown";
import { test } from "../support/browser.ts";
import type * as ClientPage from "../support/clientPage.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("the client works in a page, without a module of Node", async ({ page }) => {
  const run = await finishedRun(page, { generations: 20 });
  await page.goto("/");
  const { output } = await build({
    input: path.resolve(import.meta.dirname, "../support/clientPage.ts"),
    platform: "browser",
    output: { format: "iife", name: "clientPage" },
    write: false,
    logLevel: "silent",
  });
  expect(output[0].imports).toEqual([]);
  await page.evaluate(`${output[0].code}; globalThis.clientPage = clientPage; undefined`);
  const used = await page.evaluate(
    (key) => (globalThis as unknown as { readonly clientPage: typeof ClientPage }).clientPage.useClient(key),
    run.key,
  );
  expect([used.role, used.labels.length]).toEqual(["OWNER", 10]);
  const [byStream = [], bySocket] = used.numbers;
  expect(byStream.length).toBeGreaterThan(1);
  expect(byStream).toEqual(byStream.map((_, i) => i + 1));
  expect(bySocket).toEqual(byStream);
  expect([used.hashes[1], used.uploaded]).toEqual([used.hashes[0], used.hashes[0]]);
});
