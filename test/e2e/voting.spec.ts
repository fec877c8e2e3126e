/** Voting: by touch and by keyboard, with undo and skip, through reloads, lost networks and double clicks. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { openStudy } from "../support/openStudies.ts";
import { doubleClick, expectTrial, finishVoting, heading, recordVotes, start } from "../support/votingPage.ts";

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true });

  test("a person consents, practises, votes by touch and withdraws", async ({ page }) => {
    const { path } = await openStudy(page, { title: "Digits by touch", trials: 3 });
    await page.goto(path);
    await expect(heading(page, "Digits by touch")).toBeVisible();
    await expectFitsPhone(page);
    await expectAccessibleInBothThemes(page);
    await page.getByRole("button", { name: "Start", exact: true }).tap();
    await expect(page.getByText("Tick the box to agree first.")).toBeVisible();
    await page.getByRole("checkbox").tap();
    await page.getByRole("button", { name: "Start", exact: true }).tap();
    await expect(heading(page, "How it works")).toBeVisible();
    await page.reload();
    await expect(heading(page, "How it works")).toBeVisible();
    await expectAccessibleInBothThemes(page);

    await page.getByRole("button", { name: "Try three first" }).tap();
    // The practice asks the study's question about plain digits, and says what was right.
    for (const [index, digit] of ["7", "8", "5"].entries()) {
      await expect(page.getByText(`Practice ${index + 1} of 3`)).toBeVisible();
      await expectTrial(page, index + 1, 3);
      await expect(page.locator("[data-keys] button")).toHaveCount(11);
      await page.getByRole("button", { name: digit, exact: true }).tap();
      await expect(heading(page, digit === "8" ? "The right answer was: 2" : "That is right")).toBeVisible();
      if (index === 0) await expectAccessibleInBothThemes(page);
      await page.getByRole("button", { name: "Next" }).tap();
    }
    await page.getByRole("button", { name: "Start voting" }).tap();

    await expectTrial(page, 1, 3);
    await expectFitsPhone(page);
    await expectAccessibleInBothThemes(page);
    const key = page.getByRole("button", { name: "3", exact: true });
    const { height = 0, y = 0 } = (await key.boundingBox()) ?? {};
    expect(height).toBeGreaterThanOrEqual(58);
    expect(y, "the keys are in the lower half").toBeGreaterThan(844 / 2);
    await key.tap();
    await expectTrial(page, 2, 3);
    await page.getByRole("button", { name: "Undo 1" }).tap();
    await expectTrial(page, 1, 3);
    await key.tap();
    await expectTrial(page, 2, 3);
    await page.getByRole("button", { name: "No digit" }).tap();
    await expectTrial(page, 3, 3);
    await page.getByRole("button", { name: "Skip" }).tap();
    await finishVoting(page);
    await expect(page.getByText(/^[0-9A-Z]{4} [0-9A-Z]{4}$/)).toBeVisible();
    await expectAccessibleInBothThemes(page);

    await page.getByRole("button", { name: "Withdraw now" }).tap();
    await page.getByRole("button", { name: "Withdraw my answers" }).tap();
    await expect(heading(page, "Your answers are withdrawn")).toBeVisible();
    await expect(page.getByText("3 answers were removed.")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("checkbox")).toBeVisible();
  });

  test("an image is enlarged by a whole number", async ({ page }) => {
    const { path } = await openStudy(page, { title: "Sharp digits", trials: 1 });
    await start(page, path);
    await expectTrial(page, 1, 1);
    const width = await page.getByAltText("Image to judge").evaluate((image) => image.getBoundingClientRect().width);
    expect(width % 28).toBe(0);
    expect(width).toBeGreaterThan(200);
  });
});

test("a person at a desk votes by keyboard, with undo, skip and undo of a skip", async ({ page }) => {
  const { path } = await openStudy(page, { title: "Digits by keyboard", trials: 4 });
  const sent = recordVotes(page);
  await start(page, path);
  await expectTrial(page, 1, 4);
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press("7");
  await expectTrial(page, 2, 4);
  await page.keyboard.press("s");
  await expectTrial(page, 3, 4);
  await page.keyboard.press("u");
  await expectTrial(page, 2, 4);
  await page.keyboard.press("Space");
  await expectTrial(page, 3, 4);
  await page.keyboard.press("Escape");
  await expect(heading(page, "Leave for now?")).toBeVisible();
  await page.keyboard.press("Escape");
  await expectTrial(page, 3, 4);
  await page.keyboard.press("1");
  await expectTrial(page, 4, 4);
  await page.keyboard.press("0");
  await expect(heading(page, "That was the last image")).toBeVisible();
  await page.keyboard.press("u");
  await expectTrial(page, 4, 4);
  await page.keyboard.press("9");
  await finishVoting(page);
  expect(sent.map(({ trial }) => trial)).toEqual([0, 1, 1, 2, 3, 3]);
  expect(sent[1]?.answer).toEqual({ skipped: true });
  expect(sent[2]?.answer).toEqual({ cantTell: true });
  expect(sent.every(({ responseMs }) => responseMs > 0)).toBe(true);
});

test("a reload resumes at the next image, and a link continues on another device", async ({ page, browser }) => {
  const { path } = await openStudy(page, { title: "Resumed", trials: 4 });
  await start(page, path);
  await expectTrial(page, 1, 4);
  await page.keyboard.press("1");
  await expectTrial(page, 2, 4);
  await page.reload();
  await expectTrial(page, 2, 4);
  await page.keyboard.press("2");
  await expectTrial(page, 3, 4);
  const secrets = await page.evaluate((key) => localStorage.getItem(key), `pareidolia.voting.${path.split("/").at(-1)}`);
  const { session } = JSON.parse(secrets ?? "{}") as { session: string };
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${path}#session=${session}`);
  await expectTrial(other, 3, 4);
  expect(new URL(other.url()).hash).toBe("");
  await other.keyboard.press("3");
  await expectTrial(other, 4, 4);
  await page.keyboard.press("4");
  await expect(page.getByText("already answered in another tab or on another device")).toBeVisible();
  await expectTrial(page, 4, 4);
  await other.context().close();
});

test.describe("without a network", () => {
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

  test("nothing is lost", async ({ page }) => {
    const { path } = await openStudy(page, { title: "Offline", trials: 4 });
    const sent = recordVotes(page);
    await start(page, path);
    await expectTrial(page, 1, 4);
    await page.keyboard.press("1");
    await expectTrial(page, 2, 4);
    await page.context().setOffline(true);
    for (const number of [2, 3]) {
      await page.keyboard.press(String(number));
      await expectTrial(page, number + 1, 4);
    }
    await expect(page.getByText("Saved here. Sending when the network is back.")).toBeVisible();
    await page.keyboard.press("u");
    await expectTrial(page, 3, 4);
    await page.keyboard.press("5");
    await expectTrial(page, 4, 4);
    await page.keyboard.press("4");
    await page.getByRole("button", { name: "Finish" }).click();
    await expect(heading(page, "Sending your answers")).toBeVisible();
    await page.context().setOffline(false);
    await expect(heading(page, "Thank you")).toBeVisible();
    await expect(page.getByText("4 of 4, saved")).toBeVisible();
    const submissions = [0, 1, 2, 3].map((trial) => sent.filter((vote) => vote.trial === trial).map(({ submissionId }) => submissionId));
    // The third image was answered twice, with an undo between; repeated requests repeat the submission.
    expect(submissions.map((ids) => new Set(ids).size)).toEqual([1, 1, 2, 1]);
  });
});

test("a double click counts once", async ({ page }) => {
  const { path } = await openStudy(page, { title: "Double click", trials: 3 });
  const sent = recordVotes(page);
  await start(page, path);
  await expectTrial(page, 1, 3);
  await doubleClick(page.getByRole("button", { name: "3", exact: true }));
  await expectTrial(page, 2, 3);
  await expect.poll(() => sent.length).toBe(1);
  await page.getByRole("button", { name: "3", exact: true }).click();
  await expectTrial(page, 3, 3);
  await expect.poll(() => sent.map(({ trial }) => trial)).toEqual([0, 1]);
});

test("keys show when they count, the first press after the image appears counts, and the focus stays in the trial", async ({ page }) => {
  const timing = { blankMs: 700, imageMs: 0, maskMs: 0, answerMs: 0 };
  const { path } = await openStudy(page, { title: "Early presses", trials: 3, timing });
  const sent = recordVotes(page);
  await start(page, path);
  await expectTrial(page, 1, 3);
  const trial = page.locator("[data-trial]");
  const keys = page.getByRole("group", { name: "Answers" });
  await expect(trial).toBeFocused();
  await expect(trial).toHaveAccessibleName("Which digit is this? Image to judge");
  await expect(trial).toHaveAccessibleDescription(/a digit chooses an answer, Space says/);
  await expect(page.getByRole("button", { name: "3", exact: true })).toHaveAttribute("aria-keyshortcuts", "3");
  const box = await page.getByRole("button", { name: "3", exact: true }).boundingBox();
  await page.keyboard.press("3");

  // A double click whose first half comes while the frame is empty.
  await page.locator("[data-player][data-phase='blank']").waitFor();
  await expect(keys).toHaveAttribute("aria-disabled", "true");
  const { mouse } = page;
  await mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
  await mouse.down();
  await mouse.up();
  await page.keyboard.press("4");
  await page.waitForFunction(() => document.querySelector("[data-player]")?.getAttribute("data-phase") === "image");
  expect(sent).toHaveLength(1);
  await mouse.down({ clickCount: 2 });
  await mouse.up({ clickCount: 2 });
  await expectTrial(page, 3, 3);
  await expect.poll(() => sent.map(({ trial: number }) => number)).toEqual([0, 1]);
  expect(sent[1]?.answer).toEqual(sent[0]?.answer);
  await expect(trial).toBeFocused();
  await expect(trial).toHaveAccessibleDescription("");
  await page.keyboard.press("Tab");
  await expect(keys.getByRole("button").first()).toBeFocused();
});

test("brief images are announced, masked, and recorded as they were shown", async ({ page }) => {
  const timing = { blankMs: 200, imageMs: 250, maskMs: 100, answerMs: 0 };
  const { path } = await openStudy(page, { title: "Brief digits", trials: 2, timing });
  const sent = recordVotes(page);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(path);
  await expect(page.getByText("Images appear briefly, then noise.")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Brief images" })).toBeChecked();
  await start(page, path);
  for (const number of [1, 2]) {
    await expectTrial(page, number, 2);
    await expect(page.locator("[data-player]")).toHaveAttribute("data-phase", "answer");
    await page.waitForTimeout(250);
    await page.keyboard.press("1");
  }
  await finishVoting(page);
  for (const { timing: shown, responseMs } of sent) {
    expect(shown.requestedMs).toBe(250);
    expect(shown.frames).toBeGreaterThan(0);
    // A busy machine shows it longer, and then says so.
    expect(shown.shownMs).toBeGreaterThan(225);
    expect(responseMs).toBeGreaterThan(350);
  }
});

test("unknown links are answered with 404, and say what to do", async ({ page, allowedErrors }) => {
  allowedErrors.push(/404/);
  const response = await page.goto("/vote/q83vEjRWeJCrze8SNFZ4kA");
  expect(response?.status()).toBe(404);
  await expect(heading(page, "There is no study at this address")).toBeVisible();
  await expect(page).toHaveTitle(/^There is no study at this address/);
});

test("an unknown link, its title and the page without its scripts are in the reader's language", async ({ browser }) => {
  const page = await (await browser.newContext({ locale: "de-AT" })).newPage();
  const response = await page.goto("/vote/q83vEjRWeJCrze8SNFZ4kA");
  expect(await response?.text()).not.toContain("There is no study");
  await expect(heading(page, "Unter dieser Adresse gibt es keine Studie")).toBeVisible();
  await expect(page).toHaveTitle(/^Unter dieser Adresse gibt es keine Studie/);
});
