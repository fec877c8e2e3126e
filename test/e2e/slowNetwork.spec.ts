/** Voting on a slow network: images of the next trials are here in time, a lost image is loaded again, and owners see who holds a place. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";
import { openStudy } from "../support/openStudies.ts";
import { expectTrial, finishVoting, heading, recordVotes, start } from "../support/votingPage.ts";

/** As on a weak mobile network. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

test("on a slow network, trials follow one another without waiting, and an image that failed once is loaded again", async ({
  page,
  allowedErrors,
}) => {
  allowedErrors.push(/Failed to load resource/);
  const trials = 4 + 1;
  const { path } = await openStudy(page, { title: "Digits on a train", trials: 4, gold: 1 });
  const sent = recordVotes(page);
  await page.goto(path);
  await expect(page.getByText(/Your browser loads about \d+(\.\d)? MB of images\./)).toBeVisible();
  await expect(page.getByText(/Your answers are linked to your account|Your address is not stored/)).toBeVisible();
  const failed = new Set<string>();
  await page.route("**/ballots/images/**", async (route) => {
    const url = route.request().url();
    if (failed.has(url)) return route.continue();
    failed.add(url);
    return route.abort();
  });
  const received = new Map<string, number>();
  page.on("response", async (response) => {
    if (response.url().includes("/ballots/images/")) received.set(response.url(), Number(await response.headerValue("content-length")));
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", slow);
  await start(page, path);
  for (let number = 1; number <= trials; number++) {
    await expectTrial(page, number, trials);
    await expect(page.getByText("The image could not be loaded.")).toHaveCount(0);
    await page.keyboard.press(String(number));
  }
  await session.send("Network.emulateNetworkConditions", { ...slow, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await finishVoting(page);
  expect(failed.size).toBe(trials);
  expect(received.size).toBe(trials);
  // Every image, the gold photograph of half a megapixel included, takes less than a tenth of a second of this network. Files
  // differ in bytes by their content. `ballotSecrets.test.ts` compares their width, height and format.
  for (const bytes of received.values()) expect(bytes).toBeLessThan(slow.downloadThroughput / 10);
  expect(sent.length).toBeGreaterThan(0);
});

test("an owner sees the voters of an open study, and adds places to it without a new plan", async ({ page }) => {
  const study = await openStudy(page, { title: "Digits with places", trials: 1 });
  await start(page, study.path);
  await expectTrial(page, 1, 1);
  await page.keyboard.press("1");
  // Until then, a member who votes sees neither plan nor voters.
  await finishVoting(page);
  await page.goto(`/studies/${study.key}?tab=plan`);
  const hash = await page
    .getByText(/SHA-256/)
    .locator("code")
    .textContent();
  await page.getByRole("tab", { name: "Voters" }).click();
  await expect(page.getByRole("row", { name: /V-01.*member.*finished.*1/ })).toBeVisible();
  await expect(page.getByText("0 of 500")).toBeVisible();
  await page.getByRole("button", { name: "Add places" }).click();
  await page.getByRole("textbox", { name: "Voters without an account" }).fill("520");
  await page.getByRole("dialog").getByRole("button", { name: "Add places" }).click();
  await expect(page.getByText("0 of 520")).toBeVisible();
  await page.getByRole("tab", { name: "Plan" }).click();
  await expect(page.getByText(/SHA-256/).locator("code")).toHaveText(hash ?? "");
  await expect(heading(page, "Digits with places")).toBeVisible();
});
