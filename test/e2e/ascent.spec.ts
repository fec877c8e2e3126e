/** An ascent, from the form to its trajectories: ten digits reach .9999, the slider shows each step, and the files have the same data. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { milestonesIn, trajectoriesOn } from "../support/pageParts.ts";

test("an ascent of ten digits started from the form reaches .9999 in each, and can be replayed and downloaded", async ({ page }) => {
  await page.goto("/new");
  await page.getByRole("radio", { name: /^Ascend/ }).check({ force: true });
  await expect(page).toHaveURL(/method=ascend/);
  await page.getByRole("radio", { name: /^LeNet \(MNIST\)/ }).check();
  await page.getByRole("radio", { name: /^Adam/ }).check();
  await page.getByRole("button", { name: "None" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose at least one class." })).toHaveCount(1);
  await page.getByRole("button", { name: "All 10" }).click();
  await page.getByLabel("Seed").fill("7");
  await page.getByRole("button", { name: /^Start ascent/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  await expect(trajectoriesOn(page)).toHaveCount(10);
  await expect(milestonesIn(page).last()).toContainText("10 of 10");

  const current = page.getByRole("img", { name: /^3 at step/ });
  const end = await current.getAttribute("src");
  const slider = page.getByRole("slider", { name: "Step shown" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/step=0/);
  await expect(current).toHaveAttribute("src", (await page.getByRole("img", { name: "The start image of 3" }).getAttribute("src")) ?? "");
  await expect(page.getByRole("img", { name: "3 at step 0" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Levels that 3 reached" }).getByRole("button").first()).toHaveText(/start.*0$/);
  await page.reload();
  await expect(page.getByRole("slider", { name: "Step shown" })).toHaveValue("0");
  await page.keyboard.press("l");
  await expect(current).toHaveAttribute("src", end ?? "");
  await page.getByRole("button", { name: "Replay the steps" }).click();
  await expect(page.getByRole("button", { name: "Stop the replay" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Replay the steps" })).toBeVisible({ timeout: 60_000 });

  for (const width of [1440, 1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const strip = page.getByRole("list", { name: "Levels that 3 reached" });
    const images = await strip.locator("img").all();
    expect(images.length).toBe(6);
    const boxes = await Promise.all(images.map((image) => image.boundingBox()));
    expect(new Set(boxes.map((box) => box?.y)).size, `rows at ${width}`).toBe(1);
    for (const box of boxes) expect(box?.width, `images of 28 at ${width}`).toBe(56);
    expect(await strip.evaluate((list) => list.scrollWidth - list.clientWidth), `overflow at ${width}`).toBe(0);
  }
  await page.setViewportSize({ width: 1280, height: 720 });

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).first().click()]);
  const lines = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toBe("class,label,start,step,searchConfidence,storedConfidence,norm");
  expect(new Set(lines.slice(1).map((line) => line.split(",")[0])).size).toBe(10);
  const [json] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "JSON" }).click()]);
  const rows = JSON.parse(await readFile(await json.path(), "utf8")) as { storedConfidence: number }[];
  for (const row of rows) expect(row.storedConfidence).toBeGreaterThanOrEqual(0.9999);
  const [png] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Image PNG" }).first().click()]);
  expect((await readFile(await png.path())).subarray(1, 4).toString()).toBe("PNG");
  const curve = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.getByRole("list", { name: "Levels that 3 reached" }) });
  const [svg] = await Promise.all([page.waitForEvent("download"), curve.getByRole("button", { name: "SVG" }).click()]);
  expect(await readFile(await svg.path(), "utf8")).toMatch(/^<svg .*<path/s);

  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});
