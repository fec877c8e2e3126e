/** Uploads with progress, and the quotas page: what is used, what counts, and what reserves storage. */

import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { expect, type Page } from "@playwright/test";
import { type AccountsSystem, test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createGate, failOperation } from "../../support/browser.ts";
import { readShared } from "../../support/readShared.ts";

const quotaOf = (page: Page, label: string) => page.getByRole("progressbar", { name: label });
const valueOf = (page: Page, label: string) => page.getByRole("region", { name: "Quotas" }).locator("dl > div").filter({ hasText: label });

async function setQuota(system: AccountsSystem, bytes: bigint | null): Promise<void> {
  await system.connection.workspace.update({ where: { id: localWorkspaceId }, data: { storageQuota: bytes } });
}

test.afterEach(async ({ system }) => {
  await setQuota(system, null);
  await system.connection.upload.deleteMany();
});

test("a photograph that is dropped on the form is sent with progress, and counts as storage", async ({ page }) => {
  const gate = createGate();
  await page.route("**/uploads", async (route) => {
    await gate.passed;
    await route.continue();
  });
  await page.goto("/new?method=perturb");
  const field = page.getByRole("group", { name: "Source" });
  const bytes = (await readShared("photos/cat.bmp")).toString("base64");
  const dropped = await page.evaluateHandle((text) => {
    const file = new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], "cat.bmp", { type: "image/bmp" });
    const data = new DataTransfer();
    data.items.add(file);
    return data;
  }, bytes);
  const zone = field.getByText("or drop it here");
  await zone.dispatchEvent("dragover", { dataTransfer: dropped });
  await zone.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(field.getByRole("progressbar", { name: "Upload" })).toBeVisible();
  await expect(field.getByRole("img", { name: "Preview of cat.bmp" })).toBeVisible();
  gate.open();
  await expect(field.getByRole("radio", { checked: true })).toHaveAccessibleName("cat.bmp");
  await page.goto("/settings/quotas");
  await expect(
    page
      .getByRole("row", { name: /^Photographs/ })
      .getByRole("cell")
      .nth(2),
  ).toHaveText("1");
});

test("an upload over the quota is refused with what to do, and leaves nothing reserved", async ({ page, system }) => {
  await setQuota(system, 1_000n);
  await page.goto("/models/new");
  await page
    .getByLabel("Model file")
    .setInputFiles({ name: "net.onnx", mimeType: "application/octet-stream", buffer: Buffer.alloc(5_000, 1) });
  await page.getByLabel(/^Labels, one per line/).fill("yes\nno");
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This needs 4.9 KB, but only" })).toContainText(
    "Delete models, photographs or unused uploads",
  );
  expect(await system.connection.upload.count({ where: { deletedAt: null } })).toBe(0);
  await setQuota(system, null);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await expect(page.getByRole("article", { name: "net" })).toBeVisible();
  expect(await system.connection.model.count({ where: { name: "net", byteLength: 5_000 } })).toBe(1);
});

test("the quotas page shows what is used, and unfinished uploads, which can be deleted by keyboard", async ({ page }) => {
  await page.goto("/settings/quotas");
  await expect(page.getByText("None. An upload appears here")).toBeVisible();
  await expect(valueOf(page, "Unfinished uploads")).toContainText("0 of 100");
  const input = { kind: "MODEL", fileName: "resnet50.onnx", byteLength: 100 * 1024 * 1024 };
  await ask(page, "mutation($input: RequestUploadInput!) { requestUpload(input: $input) { __typename } }", { input });
  await expect(valueOf(page, "Unfinished uploads")).toContainText("1 of 100");
  await expect(valueOf(page, "Sent within 24 hours")).toContainText("100.0 MB of 20.0 GB");
  await expect(quotaOf(page, "Unfinished uploads")).toHaveAttribute("aria-valuenow", "1");
  const unfinished = page.getByRole("region", { name: /^Unfinished uploads/ });
  await page.reload();
  await expect(unfinished.getByRole("listitem")).toContainText("resnet50.onnx");
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  const tab = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Quotas" });
  await expect(tab).toBeInViewport({ ratio: 1 });
  // A text is seldom whole pixels wide.
  for (const width of [60.2, 60.5, 60.8]) {
    await tab.evaluate((element, pixels) => {
      element.style.width = `${pixels}px`;
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }, width);
    await expect(tab).toBeInViewport({ ratio: 1 });
  }
  if (size !== null) await page.setViewportSize(size);
  const remove = unfinished.getByRole("button", { name: "Delete resnet50.onnx" });
  await remove.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete resnet50.onnx" });
  await expect(dialog.getByRole("listitem")).toHaveText(["the unfinished upload"]);
  await dialog.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await expect(unfinished.getByRole("listitem")).toHaveCount(0);
  await expect(valueOf(page, "Unfinished uploads")).toContainText("0 of 100");
  // What was sent still counts.
  await expect(valueOf(page, "Sent within 24 hours")).toContainText("100.0 MB of 20.0 GB");
});

test("a full quota is said in words, also to a viewer, who cannot change anything", async ({ page, system, context }) => {
  const input = { kind: "MODEL", fileName: "resnet50.onnx", byteLength: 1_000 };
  await ask(page, "mutation($input: RequestUploadInput!) { requestUpload(input: $input) { __typename } }", { input });
  await setQuota(system, 0n);
  const viewer = await system.createMember("vera", "VIEWER");
  await system.signIn(context, viewer);
  await page.goto("/settings/quotas");
  await expect(valueOf(page, "Storage")).toContainText(/full|over the limit/);
  await expect(page.getByText("New models, photographs and uploads are refused")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "resnet50.onnx" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  await system.signIn(context, system.owner);
});

test("the quotas page says when they cannot be loaded, and tries again", async ({ page }) => {
  let isDown = true;
  await failOperation(page, "Quotas", () => isDown);
  await page.goto("/settings/quotas");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  isDown = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(valueOf(page, "Storage")).toBeVisible();
});
