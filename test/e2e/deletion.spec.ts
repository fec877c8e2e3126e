/** Trashing, restoring and deleting a run; deleting a refused model and an uploaded photograph. Each dialog first lists what will be lost. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, createGate, holdOperation, readArchive, startRun, test } from "../support/browser.ts";
import { sendUpload } from "../support/sendUpload.ts";
import { sharedCacheFolder } from "../support/sharedCache.ts";

// Pages of other tests may show the images that it deletes.
test("a run is trashed from a list, taken back, restored from the trash, locked, and deleted for good", { tag: "@alone" }, async ({
  page,
}) => {
  const run = await startRun(page, { name: "To be deleted", generations: 4000, seed: 91 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText(/saved/).first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("CANCELLED").first()).toBeVisible({ timeout: 60_000 });
  const [elite] = await readArchive(page, run.id);
  const inList = page.getByRole("checkbox", { name: `Select ${run.key}` });

  await page
    .getByRole("link", { name: /^EXP-\d+$/ })
    .first()
    .click();
  await inList.click();
  await page.getByRole("toolbar", { name: "Selected runs" }).getByRole("button", { name: "Trash" }).click();
  await expect(page.getByText(`${run.key} moved to the trash`)).toBeVisible();
  await expect(inList).toHaveCount(0);
  // The list answers late, when its rows could be held in place again.
  const gate = createGate();
  await holdOperation(page, "RunsTable", gate);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${run.key} restored`)).toBeVisible();
  await page.waitForTimeout(4_000);
  gate.open();
  await expect(inList).toBeVisible();

  await page.goto(`/runs/${run.key}`);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByText(/^locked by/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Move to trash" })).toHaveCount(0);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("button", { name: "Move to trash" }).click();
  const dialog = page.getByRole("dialog", { name: `Move ${run.key} to the trash` });
  await expect(dialog.getByRole("listitem").filter({ hasText: /elites? with (its|their)/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  // The query for these figures opens on top of the dialog, and Escape closes only the query.
  const openQuery = dialog.getByRole("button", { name: "Query", exact: true });
  await openQuery.click();
  const query = page.getByRole("dialog", { name: "Query for this data" });
  await expect(query.getByText("trashPreview(ids:")).toBeVisible();
  await query.getByRole("tab", { name: "curl" }).click();
  await page.keyboard.press("Escape");
  await expect(query).toBeHidden();
  await expect(dialog).toBeVisible();
  await expect(openQuery).toBeFocused();
  await dialog.getByRole("button", { name: "Move to trash" }).click();
  await expect(page).toHaveURL(/\/experiments\/EXP-\d+$/);
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByRole("heading", { name: `There is no ${run.key}` })).toBeVisible();

  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await expect(page).toHaveTitle(/^Trash/);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: `Restore ${run.key}` }).click();
  await expect(page.getByText(`${run.key} restored`)).toBeVisible();
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText("CANCELLED").first()).toBeVisible();

  await page.getByRole("button", { name: "Move to trash" }).click();
  await dialog.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await page.getByRole("button", { name: `Delete ${run.key} for good` }).click();
  const deleting = page.getByRole("dialog", { name: `Delete ${run.key} for good` });
  await expect(deleting).toContainText("This cannot be undone.");
  await deleting.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("button", { name: `Restore ${run.key}` })).toHaveCount(0);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  await expect(page.getByRole("heading", { name: "There is no such elite" })).toBeVisible();
});

test("a refused upload is not counted as a model, is listed separately with its reason, and can be deleted", { tag: "@alone" }, async ({
  page,
  baseURL,
}) => {
  await page.goto("/models");
  const head = page.getByText(/registered\./);
  await expect(head).toHaveText(/^\d+ registered/);
  const before = await head.innerText();
  const sender = {
    url: baseURL ?? "",
    query: async (document: string, variables: Record<string, unknown>) => ({ body: { data: await ask(page, document, variables) } }),
  };
  const { id: uploadId } = await sendUpload(sender, Buffer.from("no network at all"));
  await ask(page, "mutation($input: RegisterModelInput!) { registerModel(input: $input) { __typename } }", {
    input: {
      uploadId,
      name: "No network",
      labels: ["yes", "no"],
      preprocessing: { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
    },
  });
  const refused = page.getByRole("region", { name: /^Refused uploads/ });
  await expect(async () => {
    await page.goto("/models");
    await expect(refused.getByRole("heading", { name: "No network" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(head).toHaveText(before);
  await refused.getByRole("button", { name: "Delete No network" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete No network" });
  await expect(dialog.getByRole("listitem")).toHaveText(["the model and its file (17 B)"]);
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(refused).toHaveCount(0);
  await expect(page.getByText("No network is deleted.")).toBeVisible();
});

test("an uploaded photograph is listed and can be deleted", { tag: "@alone" }, async ({ page }) => {
  await page.goto("/new?method=perturb");
  const bytes = await readFile(path.join(sharedCacheFolder(), "photos", "cat.bmp"));
  await page.getByLabel("Upload an image").setInputFiles({ name: "mine.bmp", mimeType: "image/bmp", buffer: bytes });
  await expect(page.getByRole("radio", { name: "mine.bmp" })).toBeChecked();
  await page.goto("/models");
  await page.getByRole("link", { name: "Uploads" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Uploads" })).toBeVisible();
  const photos = page.getByRole("region", { name: /^Photographs/ }).getByRole("listitem");
  await expect(photos.filter({ hasText: "mine.bmp" })).toHaveCount(1);
  const count = await photos.count();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Delete mine.bmp" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete mine.bmp" });
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(photos).toHaveCount(count - 1);
});
