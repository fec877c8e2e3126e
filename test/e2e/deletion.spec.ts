/** Trashing, restoring and deleting a run; deleting a refused model and an uploaded photograph. Each dialog first lists what will be lost. */

import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, createExperiment, createGate, failOperation, holdOperation, readArchive, startRun, test } from "../support/browser.ts";
import { readShared } from "../support/readShared.ts";
import { sendUpload } from "../support/sendUpload.ts";

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
  // This toast is still on screen when the run is moved to the trash.
  const bar = page.getByRole("toolbar", { name: "Selected runs" });
  await expect(bar).toBeVisible();
  await page.keyboard.press("t");
  await expect(bar.getByRole("combobox", { name: "Tags" })).toBeFocused();
  await page.keyboard.type("spare");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  const tag = page.getByRole("row").filter({ has: inList }).getByText("spare", { exact: true });
  await expect(tag).toBeVisible();
  await bar.getByRole("button", { name: "Trash" }).click();
  await expect(page.getByText(`${run.key} moved to the trash.`)).toBeVisible();
  await expect(inList).toHaveCount(0);
  // The list answers late, when its rows could be held in place again.
  const gate = createGate();
  await holdOperation(page, "RunsTable", gate);
  await page.keyboard.press("Control+z");
  await expect(page.getByText(`${run.key} restored`)).toBeVisible();
  await page.waitForTimeout(4_000);
  gate.open();
  await expect(inList).toBeVisible();
  await expect(tag).toBeVisible();

  await page.goto(`/runs/${run.key}`);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByText(/^locked by/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Move to trash" })).toBeDisabled();
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
  await expect(page.getByRole("heading", { name: `${run.key} is in the trash` })).toBeVisible();
  await expect(page.getByText("You moved it there")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("button", { name: `Restore ${run.key}` }).click();
  await expect(page.getByText("CANCELLED").first()).toBeVisible();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await dialog.getByRole("button", { name: "Move to trash" }).click();
  await expect(page).toHaveURL(/\/experiments\/EXP-\d+$/);

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

test("the contents of one item are never shown for the deletion of another", async ({ page }) => {
  const made = [await createExperiment(page, "Counted first"), await createExperiment(page, "Counted later")];
  await ask(page, "mutation($input: TrashExperimentsInput!) { trashExperiments(input: $input) { __typename } }", {
    input: { experimentIds: made.map(({ id }) => id) },
  });
  await page.goto("/trash");
  const openDialog = async (key = "") => {
    await page.getByRole("button", { name: `Delete ${key} for good` }).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${key} for good` });
    return { dialog, remove: dialog.getByRole("button", { name: "Delete for good" }) };
  };
  const first = await openDialog(made[0]?.key);
  await expect(first.dialog.getByRole("listitem")).not.toHaveCount(0);
  await expect(first.remove).toBeEnabled();
  await first.dialog.getByRole("button", { name: "Keep them" }).click();

  const gate = createGate();
  await holdOperation(page, "TrashPreview", gate);
  const later = await openDialog(made[1]?.key);
  await expect(later.dialog.getByRole("status")).toHaveText("Counting the data");
  await expect(later.dialog.getByRole("listitem")).toHaveCount(0);
  await expect(later.remove).toBeDisabled();
  gate.open();
  await expect(later.dialog.getByRole("listitem")).not.toHaveCount(0);
  await expect(later.remove).toBeEnabled();
  await later.dialog.getByRole("button", { name: "Keep them" }).click();

  await failOperation(page, "TrashPreview", () => true);
  const failed = await openDialog(made[0]?.key);
  await expect(failed.dialog.getByRole("alert")).toHaveText("The database is away.");
  await expect(failed.dialog.getByRole("listitem")).toHaveCount(0);
  await expect(failed.remove).toBeDisabled();
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
  const bytes = await readShared("photos/cat.bmp");
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
