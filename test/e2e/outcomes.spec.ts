/** Each kind of run shows what it measures, with one median, in the table, its file, on the home page and in a comparison. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("an attack counts changed labels and an evolution classes, wherever they are listed", async ({ page }) => {
  const evolution = await finishedRun(page, { generations: 1 });
  await page.goto("/new?method=perturb");
  await page.getByRole("radio", { name: /^Small network \(CIFAR-10\)/ }).check();
  await page.getByRole("radio", { name: /^PGD/ }).check();
  await page.getByLabel(/^Bounds in grey levels/).fill("2 8");
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  const key = /RUN-\d+/.exec(page.url())?.[0] ?? "";
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  await page.goto(`/runs?q=${encodeURIComponent(`run IN (${key}, ${evolution.key})`)}`);
  const rowOf = (run: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name: run, exact: true }) });
  await expect(rowOf(key)).toContainText("2 / 2 attacks succeeded");
  await expect(rowOf(evolution.key)).toContainText(/\d+ \/ 10 classes ≥ \.9999/);
  await expect(page.getByRole("columnheader", { name: /^Reached/ })).toBeVisible();
  await expectFitsPhone(page);

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).click()]);
  const [header = "", ...lines] = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  const names = header.split(",");
  const cells = lines.find((line) => line.startsWith(`${key},`))?.split(",") ?? [];
  const cell = (name: string) => cells[names.indexOf(name)];
  expect([cell("reached"), cell("results"), cell("measure")]).toEqual(["2", "2", "attacks succeeded"]);

  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) => response.url().includes("graphql") && (response.request().postData() ?? "").includes("RunComparison"),
    ),
    page.goto(`/compare?runs=${key.slice(4)},${evolution.key.slice(4)}`),
  ]);
  const compared = (await answer.json()).data.runComparison.outcomes[0].kinds[0];
  expect(String(compared.median.mean)).toMatch(new RegExp(`^${String(cell("median")).slice(0, 8)}`));
  const results = page.getByRole("region", { name: "Results" });
  await expect(results).toContainText("2 / 2 attacks succeeded");
  await expect(results).toContainText(/\d+ \/ 10 classes ≥ \.9999/);
  // The archives of a generation are those of the evolution alone.
  await expect(page.getByRole("region", { name: /^At generation/ }).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("region", { name: /^First median/ }).getByRole("listitem")).toHaveCount(1);
  await expectAccessibleInBothThemes(page);

  await page.goto("/");
  await expect(page.getByRole("article").filter({ hasText: key })).toContainText("2 / 2 attacks succeeded");
});
