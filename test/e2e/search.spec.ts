/** A random search, from the form to its ranked configurations, and from a configuration to an ascent with its values. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, failOperation, test } from "../support/browser.ts";
import { estimateOn, trajectoriesOn } from "../support/pageParts.ts";
import { indexOf, rowsOf, shownHeading } from "../support/searchPage.ts";

const milestonesOf = (page: Page, index: string) =>
  page.getByRole("complementary", { name: "The run" }).getByText(`configuration ${index}`, { exact: true });

test("a random search ranks its three configurations with images, and any of them can start an ascent", async ({ page }) => {
  await page.goto("/new");
  await page.getByRole("radio", { name: /^Ascend/ }).check({ force: true });
  await page.getByRole("radio", { name: /^LeNet \(MNIST\)/ }).check();
  await page.getByRole("button", { name: "None" }).click();
  for (const label of ["3", "8"]) {
    // The form grows below the buttons meanwhile; a click on the visible label waits until it has settled.
    const box = page.getByRole("checkbox", { name: label, exact: true });
    await page.locator("label").filter({ has: box }).click();
    await expect(box).toBeChecked();
  }
  await page.getByLabel("Seed").fill("11");

  await page.getByRole("radio", { name: /^Random search/ }).check();
  await expect(page.getByRole("radio", { name: /^Paper, unregularised/ })).toBeChecked();
  const estimate = estimateOn(page);
  await expect(estimate).toContainText(
    "38,400 gradients expected: 24 configurations of 2 trajectories, with 800 iterations each on average.",
  );
  await expect(estimate).toContainText("At most 72,000, with 1,500 each.");
  await page.getByLabel("Configurations").fill("300");
  await expect(page.getByRole("alert").filter({ hasText: "A whole number from 2 to 299." })).toHaveCount(1);
  await page.getByLabel("Configurations").fill("3");
  await expect(page.getByRole("list", { name: "Values of Decay" }).getByRole("listitem")).toHaveText([
    "036%",
    "0.00019%",
    "0.0019%",
    /0\.01/,
    /0\.1/,
    /0\.2/,
    /0\.3/,
  ]);
  for (const name of ["Iterations", "Blur sigma", "Small-benefit percentile"]) await page.getByRole("checkbox", { name }).uncheck();
  await expect(estimate).toContainText("3,000 gradients at most: 3 configurations of 2 trajectories");
  await page.getByText("Expert parameters").click();
  await expect(page.getByText("drawn for each configuration")).toHaveCount(6);
  await expect(page.getByText("without effect: no blur")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Blur every/ }).uncheck();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("button", { name: /^Start search/ }).click();

  await expect(page).toHaveURL(/\/runs\/RUN-\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gradient ascent against LeNet (MNIST), random search");
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  const rows = rowsOf(page);
  await expect(rows).toHaveCount(3);
  // A page that was open from the start keeps showing the configuration that led then.
  await page.reload();
  await expect(rows).toHaveCount(3);
  await expect(page.getByText("3 / 3")).toBeVisible();
  for (const [place, row] of (await rows.all()).entries()) {
    await expect(row.getByRole("cell").first()).toHaveText(String(place + 1));
    await expect(row.getByRole("img", { name: /^[38], / })).toHaveCount(2);
    for (const image of await row.getByRole("img").all()) await expect(image).toHaveJSProperty("naturalWidth", 28);
    await expect(row).toContainText("/ 2");
  }
  const best = await indexOf(page, 0);
  const second = await indexOf(page, 1);
  await expect(shownHeading(page, best)).toContainText("the best");
  await expect(rows.first().getByRole("button", { name: /^Configuration/ })).toHaveAttribute("aria-pressed", "true");
  await expect(trajectoriesOn(page)).toHaveCount(2);
  await expect(milestonesOf(page, best)).toBeVisible();

  await rows
    .nth(1)
    .getByRole("button", { name: /^Configuration/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`configuration=${second}$`));
  await expect(shownHeading(page, second)).toBeVisible();
  await expect(trajectoriesOn(page)).toHaveCount(2);
  await page.goBack();
  await expect(shownHeading(page, best)).toContainText("the best");
  await page.goForward();
  await page.reload();
  await expect(shownHeading(page, second)).toBeVisible();
  await expect(milestonesOf(page, second)).toBeVisible();

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).first().click()]);
  const table = (await readFile(await csv.path(), "utf8"))
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
  expect(table[0]?.slice(0, 8)).toEqual(["configuration", "rank", "stored", "ended", "reached", "medianStep", "medianConfidence", "decay"]);
  expect(table.slice(1).map(([, rank]) => rank)).toEqual(["1", "2", "3"]);
  const chosen = Object.fromEntries(table[0]?.map((name, at) => [name, table[2]?.[at] ?? ""]) ?? []);
  expect(chosen["configuration"]).toBe(second);

  await page.getByRole("combobox", { name: "Order" }).selectOption({ label: "Configuration" });
  await expect(page).toHaveURL(/order=configuration/);
  expect([await indexOf(page, 0), await indexOf(page, 1), await indexOf(page, 2)]).toEqual(["0", "1", "2"]);
  await page.getByRole("columnheader", { name: "Configuration" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: "Configuration" })).toHaveAttribute("aria-sort", "descending");
  expect([await indexOf(page, 0), await indexOf(page, 1), await indexOf(page, 2)]).toEqual(["2", "1", "0"]);

  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  const address = page.url();
  await page
    .getByRole("link", { name: `New ascent with configuration ${second}` })
    .first()
    .click();
  await expect(page).toHaveURL(/\/new\?method=ascend/);
  await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: /^LeNet \(MNIST\)/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^These settings/ })).toBeChecked();
  await expect(page.getByLabel("Seed")).toHaveValue("11");
  for (const label of ["3", "8"]) await expect(page.getByRole("checkbox", { name: label, exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await page.getByText("Expert parameters").click();
  for (const [label, name] of [
    ["Decay", "decay"],
    ["Early progress", "earlyProgress"],
    ["Small-norm percentile", "smallNormPercentile"],
  ] as const)
    expect(Number(await page.getByLabel(label, { exact: true }).inputValue())).toBe(Number(chosen[name]));
  await expect(page.getByLabel("Iterations", { exact: true })).toHaveValue("500");
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(shownHeading(page, second)).toBeVisible();

  for (const nonsense of ["3", "best", "-1"]) {
    await page.goto(`${new URL(address).pathname}?configuration=${nonsense}`);
    await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toContainText(
      `configuration is “${nonsense}” and must be a whole number from 0 to 2; the best configuration is shown instead.`,
    );
    await expect(shownHeading(page, best)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`configuration=${nonsense}$`));
  }
});

test("a form takes a search from its address, and reports invalid values", async ({ page }) => {
  await page.goto("/new?method=ascend&search=random&configurations=7&drawn=decay,wax&classes=3,77&seed=5");
  await expect(page.getByRole("radio", { name: /^Random search/ })).toBeChecked();
  await expect(page.getByLabel("Configurations")).toHaveValue("7");
  await expect(page.getByRole("checkbox", { name: "Decay" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Iterations" })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "3", exact: true })).toBeChecked();
  const note = page.getByRole("alert").filter({ hasText: "page’s address" });
  await expect(note).toContainText("A search cannot draw “wax”; it is ignored.");
  await expect(note).toContainText("There is no class “77”; it is ignored.");
  await page.goto("/new?method=ascend&search=luck&configurations=1");
  await expect(note).toContainText("There is no search “luck”; “These settings” is used instead.");
  await expect(note).toContainText("Configurations is “1” and must be a whole number from 2 to 299");
});

test("a form shows the start image of its address, and distinguishes a missing image from one that failed to load", async ({ page }) => {
  const { photos, images } = await ask<{
    photos: { nodes: { id: string; label: string | null; image: { id: string } }[] };
    images: { nodes: { id: string }[] };
  }>(page, "{ photos(first: 50) { nodes { id label image { id } } } images(first: 1) { nodes { id } } }", {});
  // User images, which other tests upload, have no label.
  const photo = photos.nodes.find(({ label }) => label !== null);
  const form = (source: string) => `/new?${new URLSearchParams({ method: "ascend", parameters: '{"start":"image"}', source })}`;
  const field = page.getByRole("group", { name: "Start image" });
  const chosen = field.getByRole("radio", { checked: true });
  await page.goto(form(images.nodes[0]?.id ?? ""));
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toHaveAccessibleName(/^requested, \d+ × \d+$/);
  await expect(field.getByRole("alert")).toHaveCount(0);
  for (const id of [photo?.id, photo?.image.id]) {
    await page.goto(form(id ?? ""));
    await expect(chosen).toHaveAccessibleName(photo?.label ?? "");
  }

  const nowhere = Buffer.from(`Image:${"0".repeat(64)}`).toString("base64url");
  await page.goto(form(nowhere));
  const note = page.getByRole("alert").filter({ hasText: "page’s address" });
  await expect(note).toContainText(/There is no image “SW1hZ2U6.+” to start from; choose another\./);
  await expect(field.getByRole("alert")).toContainText("There is no image");
  await expect(field.getByRole("button", { name: "Try again" })).toHaveCount(0);

  let isDown = true;
  await failOperation(page, "NewRunSource", () => isDown);
  await page.goto(form(photo?.image.id ?? ""));
  await expect(field.getByRole("alert")).toContainText(/The image “.+” could not be loaded\. The database is away\./);
  await expect(note).toHaveCount(0);
  isDown = false;
  await field.getByRole("button", { name: "Try again" }).click();
  await expect(chosen).toHaveCount(1);
});
