/** A comparison of two runs: its film, and what a member saves of it, in both themes, on a phone and by keyboard. */
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { createGate, failOperation, holdOperation, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

const generations = 40;

async function openComparison(page: Page): Promise<readonly string[]> {
  const [direct, cppn] = [
    await finishedRun(page, { encoding: "direct", generations }),
    await finishedRun(page, { encoding: "cppn", generations: 60 }),
  ];
  const numbers = [direct, cppn].map(({ key }) => key.slice("RUN-".length));
  await page.goto(`/compare?runs=${numbers.join(",")}&baseline=0`);
  await expect(page.getByRole("region", { name: "Images by class and run" }).getByRole("row")).toHaveCount(11);
  return [direct.key, cppn.key];
}

test("the film of a comparison has a frame for each of 60 generations at most, as wide as its columns", async ({ page }) => {
  await openComparison(page);
  const button = page.getByRole("button", { name: "Export film" });
  await expect(button).toBeEnabled();
  await page.getByRole("combobox", { name: "Format of the film" }).selectOption("Animated PNG");
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(file.suggestedFilename()).toMatch(/^comparison-[\d-_]+-film\.png$/);
  const film = await readFile(await file.path());
  const read = await page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: "image/png" });
    await Promise.all([decoder.completed, decoder.tracks.ready]);
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    const frames: string[] = [];
    for (const frameIndex of [0, count - 1]) {
      const { image } = await decoder.decode({ frameIndex });
      const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      let sum = 0;
      for (const value of canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])
        sum = (31 * sum + value) % 1_000_003;
      frames.push(`${canvas.width} ${canvas.height} ${sum}`);
    }
    return { count, frames, duration: (await decoder.decode({ frameIndex: count - 1 })).image.duration };
  }, film.toString("base64"));
  // Two columns of 100 pixels behind labels of 120, and ten rows of 112 below a head of 76, within margins of 24.
  expect(read.count).toBe(60);
  for (const frame of read.frames) expect(frame).toMatch(/^368 1220 \d+$/);
  expect(read.frames[0]).not.toBe(read.frames[1]);
  expect(read.duration).toBe(2_000_000);
});

test("an entry is never shown with the figures and images of one that was removed", async ({ page }) => {
  const [removed = "", kept = ""] = await openComparison(page);
  const images = page.getByRole("region", { name: "Images by class and run" });
  const figures = page.getByRole("region", { name: /^At generation/ });
  await expect(figures).toBeVisible();
  const gate = createGate();
  await holdOperation(page, "ComparedArchives", gate);
  await page.getByRole("button", { name: "Remove A" }).click();
  await expect(page.getByRole("list", { name: "Compared runs" })).not.toContainText(removed);
  await expect(images.getByRole("row")).toHaveCount(1);
  await expect(images.getByRole("columnheader")).toHaveCount(2);
  await expect(figures).toHaveCount(0);
  gate.open();
  await expect(images.getByRole("row")).toHaveCount(11);
  await expect(figures).toContainText("A");
  await expect(page.getByRole("list", { name: "Compared runs" })).toContainText(kept);

  let isFailing = true;
  await failOperation(page, "ComparedArchives", () => isFailing);
  await page.goBack();
  await page.goto(page.url());
  const problem = page.getByRole("alert").filter({ hasText: "The database is away." });
  await expect(problem).toBeVisible();
  await expect(figures).toHaveCount(0);
  isFailing = false;
  await problem.getByRole("button", { name: "Try again" }).click();
  await expect(figures).toBeVisible();
  await expect(problem).toHaveCount(0);
});

/** It is shown in both themes without a request, and without scripts. */
async function expectOneFile(browser: Browser, html: string): Promise<void> {
  expect(html).not.toContain("<script");
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const file = await context.newPage();
  const requests: string[] = [];
  file.on("request", (request) => requests.push(request.url().slice(0, 20)));
  await file.setContent(html);
  await expect(file).toHaveTitle(/^Direct or CPPN\? · CMP-\d+$/);
  await expect(file.getByRole("heading", { name: "Question" })).toBeVisible();
  await expect(file.getByText("<script>alert(1)</script>")).toBeVisible();
  await expect(file.getByRole("img", { name: "Median confidence over generations" })).toBeVisible();
  const images = file.locator("figure img");
  await expect(images).toHaveCount(20);
  for (const image of await images.all()) await expect(image).not.toHaveJSProperty("naturalWidth", 0);
  await expect(file.locator("code")).toHaveText(Array.from({ length: 20 }, () => /^[0-9a-f]{64}$/));
  expect(requests.filter((url) => !url.startsWith("data:image/png"))).toEqual([]);
  const paper = () => file.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  await file.emulateMedia({ colorScheme: "light" });
  expect(await paper()).toBe("rgb(251, 251, 250)");
  await file.emulateMedia({ colorScheme: "dark" });
  expect(await paper()).toBe("rgb(14, 15, 17)");
  await context.close();
}

test("a comparison is saved with notes, opened by its link, edited, downloaded, deleted and restored", async ({ page, browser }) => {
  const keys = await openComparison(page);
  const grid = page.getByRole("region", { name: "Images by class and run" });
  const confidences = await grid.locator("span.n12").allInnerTexts();
  await page.getByRole("button", { name: "Save comparison" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Save this comparison" });
  await dialog.getByRole("button", { name: "Save comparison" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Give the comparison a title.");
  await dialog.getByLabel("Title").fill("Direct or CPPN?");
  await dialog.getByRole("textbox", { name: "Notes" }).fill("## Question\n\nWhich encoding fools **more**? <script>alert(1)</script>");
  await page.keyboard.press("ControlOrMeta+Enter");

  await expect(page).toHaveURL(/\/comparisons\/CMP-\d+$/);
  const address = page.url();
  const key = address.split("/").at(-1) ?? "";
  await expect(page.getByRole("heading", { level: 1, name: "Direct or CPPN?" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Question" })).toBeVisible();
  await expect(page.getByText("with A as the baseline")).toBeVisible();
  expect(await grid.locator("span.n12").allInnerTexts()).toEqual(confidences);
  await expect(grid.getByTitle(/^SHA-256 [0-9a-f]{64}$/)).toHaveCount(20);
  await expect(page.getByRole("img", { name: /^Median confidence over generations/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.emulateMedia({ colorScheme: "light" });
  await expectFitsPhone(page);
  const live = page.getByRole("link", { name: "Open live comparison" });
  await expect(live).toHaveAttribute("href", /^\/w\/local\/compare\?runs=[\d,-]+&baseline=0$/);

  await test.step("it downloads as HTML, Markdown, JSON and CSV", async () => {
    const download = async (name: RegExp) => {
      await page.getByRole("button", { name: `Download ${key}` }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name }).click()]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
    };
    const markdown = await download(/^Markdown/);
    expect(markdown.name).toBe(`${key}.md`);
    expect(markdown.text).toContain("# Direct or CPPN?");
    expect(markdown.text.match(/\b[0-9a-f]{64}\b/g)).toHaveLength(20);
    const json = JSON.parse((await download(/^JSON/)).text);
    expect(json.entries.map(({ runs }: { runs: { key: string }[] }) => runs[0]?.key)).toEqual(keys);
    expect(json.rows).toHaveLength(10);
    expect((await download(/^CSV, the figures/)).text.trim().split("\r\n")).toHaveLength(3);
    const html = await download(/^HTML/);
    expect(html.name).toBe(`${key}.html`);
    await expectOneFile(browser, html.text);
  });

  await test.step("its notes and title change in place", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("textbox", { name: `Notes of ${key}` }).fill("Neither, yet.");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByText(`Notes of ${key} saved.`)).toBeVisible();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: `Name of ${key}` }).fill("Encodings");
    await page.keyboard.press("Enter");
    await expect(page.getByText(`${key} renamed.`)).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Encodings" })).toBeVisible();
    await expect(page.getByText("Neither, yet.")).toBeVisible();
  });

  await test.step("it is deleted, restored and listed", async () => {
    await page.getByRole("button", { name: `Actions on ${key}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page).toHaveURL(/\/comparisons$/);
    const row = page.getByRole("main").getByRole("listitem").filter({ hasText: key });
    await expect(page.getByText(`${key} is deleted.`)).toBeVisible();
    await expect(row).toHaveCount(0);
    await page.getByRole("button", { name: /^Undo/ }).click();
    await expect(row.getByRole("link", { name: "Encodings" })).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.emulateMedia({ colorScheme: "light" });
    await expectFitsPhone(page);
    await row.getByRole("link", { name: "Encodings" }).click();
    await expect(page).toHaveURL(address);
  });

  await page.goto("/comparisons/CMP-99999");
  await expect(page.getByRole("heading", { level: 1, name: "There is no CMP-99999" })).toBeVisible();
  await expect(page.getByRole("link", { name: "All comparisons" })).toBeVisible();
});
