/** Studies: a researcher builds a draft, opens it with a locked plan, forks it, and finds studies again. */

import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, type Keyed, test } from "../support/browser.ts";
import { downloadRelease } from "../support/downloadRelease.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { readShared } from "../support/readShared.ts";

/** Keeps a repeated test from finding its earlier studies. */
const mark = randomUUID().slice(0, 8);

const drawn = (page: Page) => page.getByRole("group", { name: "Drawn images" }).getByRole("button");
const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: /^saved / })).toBeVisible();
/** The hash that the builder shows, in full. */
const planHash = (page: Page) => page.getByRole("definition").locator("span[title]").getAttribute("title");

interface Draft extends Keyed {
  readonly revision: number;
}

async function createStudy(page: Page, title: string, runIds: readonly string[]): Promise<Draft> {
  const { createStudy: created } = await ask<{ createStudy: { study: Draft } }>(
    page,
    "mutation($input: CreateStudyInput!) { createStudy(input: $input) { ... on StudySuccess { study { id key revision } } ... on Error { message } } }",
    { input: { title, runIds } },
  );
  return created.study;
}

async function openStudy(page: Page, { id, revision }: Draft): Promise<void> {
  const { openStudy: opened } = await ask<{ openStudy: { __typename: string } }>(
    page,
    "mutation($input: OpenStudyInput!) { openStudy(input: $input) { __typename ... on Error { message } } }",
    { input: { studyId: id, revision } },
  );
  expect(opened).toEqual({ __typename: "StudySuccess" });
}

test("a researcher builds a study of a run, opens it with the hash that the browser computed, and forks it", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(`/runs/${run.key}`);
  await page.getByRole("button", { name: "Ask people" }).click();
  await page.waitForURL(/\/studies\/STU-\d+$/);
  const builder = page.url();
  await expect(drawn(page)).toHaveCount(10);
  await page.getByRole("textbox", { name: "Title of the study" }).fill(`Built by hand ${mark}`);
  await saved(page);

  // By mouse, and back.
  await drawn(page).first().click();
  await expect(drawn(page)).toHaveCount(9);
  await expect(page.getByText("1 left out.")).toBeVisible();
  await saved(page);
  await page.getByRole("heading", { name: "Images" }).click();
  await page.keyboard.press("Control+z");
  await expect(drawn(page)).toHaveCount(10);
  await saved(page);

  // By keyboard.
  await drawn(page).first().focus();
  await page.keyboard.press("ArrowRight");
  const second = await drawn(page).nth(1).getAttribute("aria-label");
  await expect(drawn(page).nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(drawn(page)).toHaveCount(9);
  expect(await drawn(page).nth(1).getAttribute("aria-label")).not.toBe(second);

  await expect(page.getByText("0 rules differ")).toBeVisible();
  await page.getByRole("combobox", { name: "Can't tell" }).selectOption("missing");
  await page.getByRole("textbox", { name: "Voters to whom each image is assigned" }).fill("24");
  // The stopping rule of the template stops at all votes of an image.
  await expect(page.getByText("3 rules differ")).toBeVisible();
  await saved(page);

  const preview = page.getByRole("group", { name: /^Trial 1 of 9/ });
  await preview.getByRole("button", { name: "No digit" }).click();
  await expect(page.getByRole("group", { name: /^Trial 2 of 9/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Voters needed" }).getByText("24 – 24")).toBeVisible();

  await expect(page.getByRole("definition").filter({ hasText: "216" })).toBeVisible();
  const hash = await planHash(page);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  await page.keyboard.press("Control+Enter");
  const confirm = page.getByRole("dialog", { name: /^Lock the plan of STU-\d+\?$/ });
  await expect(confirm.getByText(hash ?? "")).toBeVisible();
  await expect(confirm.locator("dt:text-is('Expected to count') + dd")).toHaveText("24");
  await expect(confirm.getByText("about 24 min")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await confirm.getByRole("button", { name: "Keep editing" }).click();
  await page.keyboard.press("Control+Enter");
  await confirm.getByRole("button", { name: "Lock this plan" }).click();
  await expect(page.getByRole("heading", { name: `Built by hand ${mark}` })).toBeVisible();
  await expect(page.getByText("OPEN", { exact: true })).toBeVisible();
  expect(page.url()).toBe(builder);

  await page.getByRole("tab", { name: "Plan" }).click();
  await expect(page.getByText(hash ?? "")).toBeVisible();
  await expect(page.getByText("This browser has computed the same hash from the text of the plan.")).toBeVisible();
  await expect(page).toHaveURL(/tab=plan/);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Locked plan" })).toBeVisible();
  await page.getByRole("tab", { name: "Images" }).click();
  await expect(page.getByRole("heading", { name: "9 images" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Locked plan" })).toBeVisible();

  await page.getByRole("button", { name: "Fork" }).click();
  await page.waitForURL((url) => url.href !== builder && /\/studies\/STU-\d+$/.test(url.pathname));
  await expect(page.getByText("Forked from")).toBeVisible();
  await expect(drawn(page)).toHaveCount(9);
});

test("changes of two users of one draft are merged, and the page says who made the other one", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  const study = await createStudy(page, `Edited twice ${mark}`, [run.id]);
  await page.goto(`/studies/${study.key}`);
  await expect(drawn(page)).toHaveCount(10);
  await ask(page, "mutation($input: EditStudyInput!) { editStudy(input: $input) { __typename } }", {
    input: { studyId: study.id, revision: study.revision, title: `Renamed elsewhere ${mark}` },
  });
  const voters = page.getByRole("textbox", { name: "Voters to whom each image is assigned" });
  // A wrong number stays with its error, also when the field is left.
  await voters.fill("0");
  await voters.blur();
  await expect(voters).toHaveValue("0");
  await expect(page.getByRole("alert").filter({ hasText: /^A whole number from 1 to/ })).toBeVisible();
  await page.getByRole("button", { name: "Lock and open" }).click();
  await expect(voters).toBeFocused();
  await voters.fill("33");
  await expect(page.getByRole("textbox", { name: "Title of the study" })).toHaveValue(`Renamed elsewhere ${mark}`);
  await expect(page.getByRole("status").filter({ hasText: "You changed this draft in another tab or with a program." })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Title of the study" })).toHaveValue(`Renamed elsewhere ${mark}`);
  await expect(page.getByRole("textbox", { name: "Voters to whom each image is assigned" })).toHaveValue("33");
});

test("a draft says what its plan lacks, where, and cannot open until then", async ({ page }) => {
  const study = await createStudy(page, `Without images ${mark}`, []);
  await page.goto(`/studies/${study.key}`);
  const open = page.getByRole("region", { name: "Open" });
  await expect(open.getByRole("status")).toHaveText(/A study needs at least one image/);
  await expect(open.getByRole("button", { name: "Lock and open" })).toBeDisabled();

  const run = await finishedRun(page, { generations: 40 });
  await page.getByRole("button", { name: /^runs/ }).click();
  const dialog = page.getByRole("dialog", { name: "Runs whose images are drawn" });
  await dialog.getByRole("searchbox").fill(run.key);
  // RUN-2 is also the beginning of RUN-20.
  await dialog.getByRole("checkbox", { name: new RegExp(`^${run.key}\\b`) }).check();
  await dialog.getByRole("button", { name: "Draw from 1 run" }).click();
  await expect(drawn(page)).toHaveCount(10);
  await expect(open.getByRole("button", { name: "Lock and open" })).toBeEnabled();

  await page.getByRole("radio", { name: /^Reverse/ }).check({ force: true });
  await page.getByRole("textbox", { name: "Gold", exact: true }).fill("3");
  await expect(open.getByRole("listitem")).toHaveText([
    /has 0 of 5 examples.* Examples of labels$/,
    /no voter can pass more than 0.* Gold$/,
  ]);
  await page.getByRole("textbox", { name: "Examples" }).fill("0");
  await expect(open.getByRole("listitem")).toHaveText([/no voter can pass more than 0.* Gold$/]);
  await open.getByRole("link", { name: "Gold" }).click();
  await expect(page.getByRole("row", { name: /^Gold/ })).toBeInViewport();
  await page.getByRole("textbox", { name: "Gold", exact: true }).fill("0");
  await expect(open.getByRole("button", { name: "Lock and open" })).toBeEnabled();
});

test("a draft has gold, noise, languages and a timed exposure, and Undo takes them back one by one", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  const study = await createStudy(page, `With checks ${mark}`, [run.id]);
  await page.goto(`/studies/${study.key}`);
  await expect(page.getByRole("group", { name: "Trial 1 of 10, as voters see it" })).toBeVisible();
  await page.getByRole("combobox", { name: "Can't tell" }).selectOption("missing");
  await saved(page);
  await page.getByRole("textbox", { name: "Number of images of noise" }).fill("2");
  await expect(page.getByRole("group", { name: "Trial 1 of 12, as voters see it" })).toBeVisible();
  await saved(page);

  await page.getByRole("button", { name: "Choose photographs" }).click();
  const dialog = page.getByRole("dialog", { name: "Gold photographs" });
  await dialog.getByRole("checkbox").first().check();
  await expect(dialog.getByRole("button", { name: "Use 1 photograph" })).toBeDisabled();
  await dialog.getByRole("combobox", { name: /^Class of / }).fill("3");
  await dialog.getByRole("button", { name: "Use 1 photograph" }).click();
  await expect(page.getByRole("group", { name: "Trial 1 of 13, as voters see it" })).toBeVisible();
  await saved(page);

  await page.getByRole("textbox", { name: /^Languages/ }).fill("en, de");
  await expect(page.getByText("Consent: text v1, en, de, from 18 years")).toBeVisible();
  await saved(page);
  await page.getByRole("textbox", { name: "Image, in milliseconds" }).fill("250");
  await expect(page.getByText("15 frames at 60 Hz, 36 at 144 Hz")).toBeVisible();
  await page.getByRole("group", { name: "Part of the trial" }).getByRole("button", { name: "Image" }).click();
  await expect(page.getByText("3 rules differ")).toBeVisible();
  await saved(page);

  await page.getByRole("heading", { name: "One trial" }).click();
  for (const trials of [13, 13, 12, 10, 10]) {
    await page.keyboard.press("Control+z");
    await expect(page.getByRole("group", { name: new RegExp(`^Trial \\d+ of ${trials},`) })).toBeVisible();
    await saved(page);
  }
  await expect(page.getByText("0 rules differ")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^Languages/ })).toHaveValue("en");
});

test("a researcher gives templates the examples, foils, groups and canaries that they need", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  const study = await createStudy(page, `By templates ${mark}`, [run.id]);
  await page.goto(`/studies/${study.key}`);
  await expect(drawn(page)).toHaveCount(10);
  await page.getByRole("textbox", { name: "Number of images", exact: true }).fill("3");
  await expect(drawn(page)).toHaveCount(3);
  const open = page.getByRole("region", { name: "Open" });
  const mayOpen = () => expect(open.getByRole("button", { name: "Lock and open" })).toBeEnabled();

  // Examples of labels.
  await page.getByRole("radio", { name: /^One of three/ }).check({ force: true });
  await expect(open.getByRole("status")).toHaveText(/has 0 of 5 examples, and 2 other labels lack some/);
  await page.getByRole("textbox", { name: "Examples" }).fill("1");
  await page.getByRole("button", { name: "Choose examples" }).click();
  const examples = page.getByRole("dialog", { name: "Examples of labels" });
  const counts = await examples.getByRole("status", { name: "Photographs of each label" }).locator("span").allTextContents();
  const labels = counts.map((text) => text.replace(/: 0 of 1$/, ""));
  expect(labels).toHaveLength(3);
  for (const [index, label] of labels.slice(0, 2).entries()) {
    await examples.getByRole("checkbox").nth(index).check();
    await examples
      .getByRole("combobox", { name: /^Class of / })
      .nth(index)
      .fill(label);
  }
  // The third one is uploaded, and named after its class.
  const chooser = page.waitForEvent("filechooser");
  await examples.getByText("Upload photographs").click();
  await (await chooser).setFiles({ name: `${labels[2]}-1.bmp`, mimeType: "image/bmp", buffer: await readShared("photos/cat.bmp") });
  await examples.getByRole("button", { name: "Use 3 photographs" }).click();
  await expect(page.getByRole("group", { name: /^Trial 1 of 3,/ }).getByRole("button", { name: /^Image [123]$/ })).toHaveCount(3);
  await mayOpen();

  // Foils: by the keyboard for one label, from the network's next choices for the others.
  await page.getByRole("radio", { name: /^Competitive foils/ }).check({ force: true });
  await expect(open.getByRole("status")).toHaveText(/3 of 3 images have fewer than 3 listed foils/);
  await page.getByRole("button", { name: "0 of 3 images, list foils" }).click();
  const foils = page.getByRole("dialog", { name: "Foils listed by hand" });
  await foils.getByRole("combobox", { name: `foils of ${labels[0]}` }).focus();
  await page.keyboard.type("giraffe");
  await page.keyboard.press("Enter");
  await expect(foils.getByRole("alert")).toHaveText("No class of the network has this name.");
  await page.keyboard.press("Control+a");
  const others = ["0", "1", "2", "3", "4"].filter((digit) => digit !== labels[0]).slice(0, 3);
  for (const digit of others) {
    await page.keyboard.type(digit);
    await page.keyboard.press("Enter");
  }
  await expect(foils.getByRole("status")).toHaveText("1 of 3 images have 3 foils.");
  await foils.getByRole("button", { name: "Fill with next choices" }).click();
  await expect(foils.getByRole("status")).toHaveText("3 of 3 images have 3 foils.");
  await foils.getByRole("button", { name: "Use these foils" }).click();
  await mayOpen();

  // Groups, and Undo.
  await page.getByRole("radio", { name: /^Best and worst case/ }).check({ force: true });
  await page.getByRole("button", { name: "3 groups, by label" }).click();
  const groups = page.getByRole("dialog", { name: "Groups of images" });
  for (const label of labels.slice(0, 2)) {
    await groups
      .getByRole("group", { name: `Images of ${label}`, exact: true })
      .getByRole("button")
      .focus();
    await page.keyboard.press("Space");
  }
  await groups.getByRole("combobox", { name: "Name of the group for the selected images" }).focus();
  await page.keyboard.type("pair");
  await page.keyboard.press("Enter");
  await expect(groups.getByRole("status")).toHaveText("2 groups.");
  await groups.getByRole("button", { name: "Use these groups" }).click();
  await saved(page);
  const sorted = page.getByRole("button", { name: "2 groups, by label" });
  await expect(sorted).toBeVisible();
  await page.getByRole("heading", { name: "Images" }).click();
  await page.keyboard.press("Control+z");
  await expect(sorted).toHaveCount(0);
  await expect(open.getByRole("status")).toHaveText(/3 groups have only one image/);
  await page.getByRole("radio", { name: /^Competitive foils/ }).check({ force: true });

  // A canary, which leaves the counted images.
  await page.getByRole("button", { name: "Choose canaries" }).click();
  const canaries = page.getByRole("dialog", { name: "Canaries" });
  await canaries.getByRole("group", { name: "Results of the network, surest first" }).getByRole("button").first().focus();
  await page.keyboard.press("Space");
  await canaries.getByRole("combobox", { name: "Networks’ answer to canary 1" }).fill("7");
  await canaries.getByRole("button", { name: "Use 1 canary" }).click();
  await expect(page.getByRole("group", { name: /^Trial 1 of 4,/ })).toBeVisible();
  await mayOpen();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Lock this plan" }).click();
  await expect(page.getByText("OPEN", { exact: true })).toBeVisible();
  const { node } = await ask<{ node: { planText: string } }>(page, `{ node(id: "${study.key}") { ... on Study { planText } } }`, {});
  const { design } = JSON.parse(node.planText).rules;
  expect(design.canaries).toMatchObject([{ label: 7 }]);
  expect(design.exemplars).toHaveLength(3);
  expect(design.stimuli.map(({ foils: own }: { foils: number[] }) => own.length)).toEqual([3, 3, 3]);
});

test("an opened study is paused, resumed, closed, released and archived", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  const study = await createStudy(page, `Ended ${mark}`, [run.id]);
  await openStudy(page, study);
  await page.goto(`/studies/${study.key}`);
  await expect(page.getByRole("link", { name: "Vote" })).toHaveAttribute("href", `/w/local/vote/${study.key}`);
  await expect(page.getByRole("img", { name: "QR code of the link to vote" })).toBeVisible();
  await page.keyboard.press("p");
  await expect(page.getByText("PAUSED", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Vote" })).toHaveCount(0);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("OPEN", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close the study" }).click();
  await expect(page.getByText("CLOSED", { exact: true })).toBeVisible();
  const hash = await downloadRelease(page, study.key);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.goBack();
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Images");
  await page.goForward();
  await expect(page.getByText(hash)).toBeVisible();
  await page.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByText("ARCHIVED", { exact: true })).toBeVisible();

  await page.goto(`/studies?q=${encodeURIComponent(`Ended ${mark}`)}`);
  await expect(page.getByText("No matching studies")).toBeVisible();
  await page.getByRole("button", { name: "Archived", exact: true }).click();
  await expect(page).toHaveURL(/view=archived/);
  await page.getByRole("link", { name: `Ended ${mark}` }).click();
  await expect(page).toHaveURL(new RegExp(`/studies/${study.key}$`));
  await page.goBack();
  await expect(page.getByRole("link", { name: `Ended ${mark}` })).toBeVisible();
});

test("images selected in the gallery become a study", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(`/gallery?q=${encodeURIComponent(`run = ${run.key}`)}`);
  await page.getByRole("button", { name: "Select" }).click();
  const tiles = page.getByRole("grid", { name: "Images" }).getByRole("button");
  await expect(tiles).toHaveCount(10);
  await tiles.nth(0).click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar.getByRole("status")).toHaveText("2 selected");
  await bar.getByRole("button", { name: "Ask people" }).click();
  await page.waitForURL(/\/studies\/STU-\d+$/);
  await expect(drawn(page)).toHaveCount(2);
  await expect(page.getByText("2 chosen by hand.")).toBeVisible();
});

test("the palette finds a study by its key, and a missing key shows a message", async ({ page }) => {
  const study = await createStudy(page, `Found again ${mark}`, []);
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(study.key);
  await page
    .getByRole("option")
    .filter({ hasText: `Found again ${mark}` })
    .click();
  await expect(page).toHaveURL(new RegExp(`/studies/${study.key}$`));
  await page.goto("/studies/STU-99999");
  await expect(page.getByRole("heading", { name: "There is no STU-99999" })).toBeVisible();
});

test("the pages of studies are accessible in both themes and fit a phone", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  const draft = await createStudy(page, `Looked at ${mark}`, [run.id]);
  const opened = await createStudy(page, `Looked at, open ${mark}`, [run.id]);
  await openStudy(page, opened);
  await page.goto("/studies");
  await expect(page.getByRole("link", { name: `Looked at ${mark}` })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.goto(`/studies/${draft.key}`);
  await expect(drawn(page)).toHaveCount(10);
  await expect(page.getByRole("region", { name: "Voters needed" }).getByText("200 – 200")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  for (const tab of ["images", "plan"]) {
    await page.goto(`/studies/${opened.key}?tab=${tab}`);
    await expect(page.getByRole("tab", { selected: true })).toHaveText(new RegExp(tab, "i"));
    await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
  }
});
