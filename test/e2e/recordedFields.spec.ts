/** Parameters and metrics of imported runs in the table of runs: found by name with completion, as columns, sorted, grouped and downloaded. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";
import { createImportedRuns, type ImportedRunValues } from "../support/importedRuns.ts";
import { withRunningSystem } from "../support/runningSystem.ts";

const runs: readonly ImportedRunValues[] = [
  { parameters: { "warm up": 5, schedule: 0.5 }, metrics: { "top accuracy": 0.91 } },
  { parameters: { "warm up": 10, schedule: "cosine" }, metrics: { "top accuracy": 0.97 } },
  { parameters: { "warm up": "none yet", schedule: "cosine" }, metrics: { "top accuracy": 0.42 } },
  { parameters: { schedule: 0.25 }, metrics: {} },
];

/** An experiment with the runs, as an import leaves it. Returns its key, and those of the runs. */
async function importRuns(): Promise<{ readonly experiment: string; readonly keys: readonly string[] }> {
  return withRunningSystem(({ database }) =>
    database.transaction(async ({ connection }) => {
      const { lastRunNumber, lastExperimentNumber } = await connection.workspace.update({
        where: { id: localWorkspaceId },
        data: { lastRunNumber: { increment: runs.length }, lastExperimentNumber: { increment: 1 } },
      });
      const { id: modelId } = await connection.model.findFirstOrThrow({ orderBy: { id: "asc" } });
      const place = { workspaceId: localWorkspaceId, userId: localUserId, modelId };
      const experimentId = randomUUID();
      await connection.experiment.create({
        data: {
          id: experimentId,
          workspaceId: localWorkspaceId,
          createdById: localUserId,
          number: lastExperimentNumber,
          name: "Imported table",
        },
      });
      const firstNumber = lastRunNumber - runs.length + 1;
      await createImportedRuns(connection, { ...place, experimentId, runs, firstNumber });
      return { experiment: `EXP-${lastExperimentNumber}`, keys: runs.map((_, i) => `RUN-${firstNumber + i}`) };
    }),
  );
}

test("a parameter is found with completion, added as a column, sorted and grouped, and the table downloads it", async ({ page }) => {
  const { experiment, keys } = await importRuns();
  const shown = page.locator("[data-run-key]");
  const shownKeys = () => shown.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-run-key")));
  const keysOf = (...indices: readonly number[]) => indices.map((i) => keys[i]);
  await page.goto(`/runs?q=${encodeURIComponent(`experiment = ${experiment}`)}`);
  await expect(shown).toHaveCount(4);

  const field = page.getByRole("textbox", { name: "Search runs" });
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(' AND "param.warm');
  await expect(page.getByRole("option", { name: /^param\.warm up/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type(">= 5");
  await page.keyboard.press("Enter");
  await expect(shown).toHaveCount(2);
  expect(new Set(await shownKeys())).toEqual(new Set(keysOf(0, 1)));

  // A name that no run has is underlined, and the table keeps what the last valid search found.
  await page.keyboard.type(" AND metric.top_acuracy > 0.9");
  await expect(page.getByText("No run has the metric `top_acuracy`.")).toBeVisible();
  await expect(page.getByText('Did you mean `"metric.top accuracy"`?')).toBeVisible();
  await expect(page.locator(".cm-lintRange-error")).toHaveText("metric.top_acuracy");
  await expect(shown).toHaveCount(2);
  await page.goto(`/runs?q=${encodeURIComponent(`experiment = ${experiment}`)}`);
  await expect(shown).toHaveCount(4);

  // Fast typists do not wait for suggestions.
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(' AND "param.warm');
  await page.keyboard.press("Tab");
  await page.keyboard.type(">= 5");
  await page.keyboard.press("Enter");
  await expect(shown).toHaveCount(2);
  await expect(field).toHaveText(`experiment = ${experiment} AND "param.warm up" >= 5`);
  await page.goto(`/runs?q=${encodeURIComponent(`experiment = ${experiment}`)}`);
  await expect(shown).toHaveCount(4);

  const columns = page.getByRole("region", { name: "Columns", exact: true });
  await page.getByRole("button", { name: /^Columns/ }).click();
  for (const name of ["metric.top accuracy", "param.schedule"]) {
    await columns.getByRole("textbox").fill(name);
    await columns.getByRole("button", { name }).click();
    await expect(columns.getByRole("button", { name: `Remove ${name}` })).toBeVisible();
  }
  await columns.getByRole("button", { name: "Move param.schedule forward" }).click();
  await expect(page).toHaveURL(/columns=[^&]*,param\.schedule,(%22|")metric\.top(\+|%20)accuracy/);
  await page.getByRole("button", { name: /^Columns/ }).click();

  // Numbers first, then texts, then runs without a value.
  await page.getByRole("columnheader", { name: "schedule" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=param\.schedule/);
  await expect.poll(shownKeys).toEqual([...keysOf(3, 0), expect.anything(), expect.anything()]);
  await page.getByRole("columnheader", { name: "top accuracy" }).getByRole("button").click();
  await expect.poll(shownKeys).toEqual(keysOf(1, 0, 2, 3));
  await expect(page.getByRole("row", { name: new RegExp(keys[1] as string) })).toContainText("0.97");
  await expect(page.getByRole("row", { name: new RegExp(keys[1] as string) })).toContainText("cosine");

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).click()]);
  const [head, ...rows] = (await readFile(await csv.path(), "utf8")).trim().split(/\r?\n/);
  expect(head).toMatch(/param\.schedule,metric\.top accuracy,people recognise,/);
  expect(rows[0]).toMatch(new RegExp(`^${keys[1]},.*cosine,0\\.97,{7}$`));

  // The address has all of it.
  await page.reload();
  await expect.poll(shownKeys).toEqual(keysOf(1, 0, 2, 3));
  await page.getByRole("button", { name: /^Group/ }).click();
  const groups = page.getByRole("region", { name: "Group by" });
  await groups.getByRole("textbox").fill("schedule");
  await groups.getByRole("button", { name: /param\.schedule/ }).click();
  const cosine = page.getByRole("row").filter({ has: page.getByRole("button", { name: "cosine" }) });
  await expect(cosine).toContainText("0.695");
  await cosine.getByRole("button", { name: "cosine" }).click();
  await expect.poll(shownKeys).toEqual(keysOf(1, 2));
});

test("an address with a name that no run has says which, and what to write", async ({ page }) => {
  await page.goto(`/runs?q=${encodeURIComponent("param.never_recorded_by_any_run = 1")}`);
  await expect(page.getByText("No run has the parameter `never_recorded_by_any_run`.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Invalid search" })).toBeVisible();
});
