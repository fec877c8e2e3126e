/** Small mishaps: a double click, a wrong file, a portrait, an empty form, no network. */
import { expect } from "@playwright/test";
import sharp from "sharp";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, findRun, startRun, test } from "../support/browser.ts";

test("a double click on “Cancel the run” cancels it and opens nothing behind the dialog", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const run = await startRun(page, { name: "Cancelled twice", generations: 4000, seed: 44 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10, { timeout: 120_000 });
  await page.getByRole("button", { name: "Cancel", exact: true }).dblclick();
  const confirm = page.getByRole("dialog", { name: `Cancel ${run.key}` }).getByRole("button", { name: "Cancel the run" });
  await expect(confirm).toBeVisible();
  const box = await confirm.boundingBox();
  if (box === null) throw new Error("The button has no place.");
  // Put a link behind the button, whatever the page's layout.
  await page.evaluate(({ x, y }) => {
    const link = Object.assign(document.createElement("a"), { href: "/models", textContent: "beneath" });
    link.style.cssText = `position: fixed; left: ${x}px; top: ${y}px; width: 60px; height: 30px`;
    document.querySelector("main")?.append(link);
  }, box);
  const [x, y] = [box.x + 20, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(120);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.key}$`));
});

test.describe("a file that is not a photograph", () => {
  // Playwright's recorder fetches an image that the browser could not decode, which the page's policy forbids.
  test.use({ allowedErrors: [/^Connecting to 'blob:/] });

  test("is refused with a message about the file", async ({ page }) => {
    await page.goto("/new?method=perturb");
    const buffer = Buffer.from("This is no photograph.\n".repeat(20));
    await page.getByLabel("Upload an image").setInputFiles({ name: "notes.png", mimeType: "image/png", buffer });
    await expect(page.getByRole("alert").filter({ hasText: "neither a PNG nor a JPEG nor a BMP file" })).toHaveCount(1);
    await expect(page.getByText("The API did not answer")).toHaveCount(0);
    await expect(page.getByRole("img", { name: /^Preview/ })).toHaveCount(0);
  });
});

test("Start attack without a source scrolls to the source and focuses it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/new?method=perturb");
  await page.getByRole("button", { name: /^Start attack/ }).click();
  const source = page.getByRole("group", { name: "Source" });
  await expect(source.getByRole("alert")).toHaveText("Choose a source image.");
  await expect(source).toBeInViewport();
  await expect(source.locator(":focus")).toHaveCount(1);
});

/** An image twice as high as wide: black above, white below. */
async function portrait(): Promise<Buffer> {
  const black = { create: { width: 64, height: 64, channels: 3, background: "black" } } as const;
  const upper = await sharp(black).png().toBuffer();
  return sharp({ create: { width: 64, height: 128, channels: 3, background: "white" } })
    .composite([{ input: upper, top: 0, left: 0 }])
    .png()
    .toBuffer();
}

test("the crop of a portrait can be placed by mouse and by keyboard, and the run starts from it", async ({ page }) => {
  await page.goto("/new?method=perturb");
  await page.getByRole("group", { name: "Model" }).getByText("Small network (CIFAR-10)").click();
  await page.getByLabel("Upload an image").setInputFiles({ name: "portrait.png", mimeType: "image/png", buffer: await portrait() });
  const crop = page.getByRole("group", { name: "Crop" });
  await expect(crop).toContainText("The network sees 64 × 64 of 64 × 128 pixels.");
  const frame = crop.locator("img + div");
  await frame.scrollIntoViewIfNeeded();
  const before = await frame.boundingBox();
  if (before === null) throw new Error("The frame has no place.");
  await page.mouse.move(before.x + 20, before.y + 20);
  await page.mouse.down();
  await page.mouse.move(before.x + 20, before.y + 180, { steps: 8 });
  await page.mouse.up();
  const after = await frame.boundingBox();
  expect((after?.y ?? 0) - before.y).toBeGreaterThan(60);
  await crop.getByLabel("Vertical").focus();
  await page.keyboard.press("Home");
  await expect(crop.getByLabel("Vertical")).toHaveValue("0");
  expect((await frame.boundingBox())?.y ?? 0).toBeLessThan(after?.y ?? 0);
  await expect(page).toHaveURL(/crop=/);
  await page.reload();
  await expect(crop.getByLabel("Vertical")).toHaveValue("0");
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  const { id } = await findRun(page, /RUN-\d+/.exec(page.url())?.[0] ?? "");
  const { node } = await ask<{ node: { sourceCrop: object; perturbations: { nodes: { original: { url: string } }[] } } }>(
    page,
    "query($id: ID!) { node(id: $id) { ... on PerturbationRun { sourceCrop { x y size } perturbations(first: 1) { nodes { original { url } } } } } }",
    { id },
  );
  expect(node.sourceCrop).toMatchObject({ y: 0, size: 1 });
  const seen = await page.request.get(node.perturbations.nodes[0]?.original.url ?? "", { maxRetries: 2 });
  const { channels } = await sharp(await seen.body()).stats();
  for (const { mean } of channels) expect(mean).toBeLessThan(1);
});

test.describe("without a network connection", () => {
  // The console logs every failed request.
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/] });

  test("a page says that the browser is offline, and does not blame the API", async ({ page, context }) => {
    await page.goto("/new");
    await expect(page.getByRole("button", { name: /^Start run/ })).toBeEnabled();
    await context.setOffline(true);
    const note = page.getByRole("status", { name: "Connection" });
    await expect(note).toContainText("This browser is offline.");
    await expect(note).not.toContainText("API");
    await page.getByRole("button", { name: /^Start run/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "This browser is offline. Try again: nothing is started twice." })).toHaveCount(
      1,
    );
    await context.setOffline(false);
    await expect(note).toBeEmpty();
  });
});
