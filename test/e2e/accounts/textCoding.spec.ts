/** Two researchers code the texts of a study blind in two browsers, compare their codes and settle disputes; the results follow the codes. */
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, test } from "../../support/browser.ts";
import { invite, openOwner, password } from "../../support/browserAccounts.ts";
import { openStudy } from "../../support/openStudies.ts";

async function join(browser: Browser, owner: Page, name: string, role: string): Promise<Page> {
  const token = (await invite(owner, `${name}@lab.example`, role)).split("/").at(-1);
  const page = await (await browser.newContext()).newPage();
  expect((await page.request.post("/auth/join", { data: { token, name, password } })).status()).toBe(201);
  return page;
}

/** Answers all trials with these texts, and finishes. */
async function write(page: Page, study: string, texts: readonly string[]): Promise<void> {
  const consent = { study, language: "en", consentVersion: 1 };
  await ask(page, "mutation($input: JoinStudyInput!) { joinStudy(input: $input) { __typename } }", { input: consent });
  const votes = texts.map((text, trial) => ({
    trial,
    submissionId: `text-${trial}`,
    answer: { text },
    responseMs: 1_700,
    votedAt: new Date().toISOString(),
  }));
  await ask(page, "mutation($input: CastVotesInput!) { castVotes(input: $input) { __typename } }", { input: { study, votes } });
  await ask(page, "mutation($input: FinishStudyInput!) { finishStudy(input: $input) { __typename } }", { input: { study } });
}

/** None is spelled like another, or comes before "blob". */
const names = ["tiger", "zebra", "camel", "horse", "sheep", "eagle", "whale", "snake", "mouse", "panda"];
const textShown = (page: Page, text: string) => expect(page.getByRole("heading", { level: 2, name: text, exact: true })).toBeVisible();

/** The names of the labels of two of the study's images. */
async function labelsOf(page: Page, study: string): Promise<readonly string[]> {
  const query = "query($id: ID!) { node(id: $id) { ... on Study { images(first: 10) { nodes { label } } } } }";
  const { node } = await ask<{ node: { images: { nodes: { label: number }[] } } }>(page, query, { id: study });
  return [...new Set(node.images.nodes.map(({ label }) => label))].slice(0, 2).map((label) => names[label] as string);
}

/** The share of the rows that agree, of those that agree or disagree: `37.5%`. */
async function shareOfRows(page: Page, study: string): Promise<string> {
  const lines = (await (await page.request.get(`/studies/${study}/trials.jsonl`)).text()).trim().split("\n");
  const agrees = lines.flatMap((line) => (JSON.parse(line) as { agrees: boolean | null }).agrees ?? []);
  return `${((100 * agrees.filter(Boolean).length) / agrees.length).toFixed(1).replace(/\.0$/, "")}%`;
}

test("two researchers code texts blind, compare, and settle what they dispute; results count the codes", async ({ browser }) => {
  test.setTimeout(180_000);
  const owner = await openOwner(browser);
  const protocol = resolveProtocol("freeText", { cantTell: "missing" });
  const { key } = await openStudy(owner, { title: "Say what you see", trials: 4, protocol, names });
  const [first, second] = [await join(browser, owner, "coding-vera", "LABELLER"), await join(browser, owner, "coding-vic", "LABELLER")];
  const [one = "", other = ""] = await labelsOf(owner, key);
  // The label of one image as an answer to all four agrees once.
  await write(first, key, [`a ${one}`, `A ${one}!`, one, `${one}.`]);
  await write(second, key, [`${other}x`, `a ${one}`, "blob", "blob"]);
  const texts = [`a ${one}`, "blob", ...[one, `${other}x`].toSorted()];

  await owner.goto(`/studies/${key}/results`);
  await expect(owner.getByRole("note")).toContainText("Coding is missing");
  await owner.getByRole("link", { name: "Code the texts" }).click();
  await expect(owner).toHaveURL(new RegExp(`/studies/${key}/coding$`));
  await expect(owner.getByText("4 distinct texts")).toBeVisible();

  const [ada, grace] = [await join(browser, owner, "coding-ada", "RESEARCHER"), await join(browser, owner, "coding-grace", "RESEARCHER")];
  for (const page of [ada, grace]) await page.goto(`/studies/${key}/coding`);
  await textShown(ada, `a ${one}`);
  await expect(ada.getByRole("button", { name: one })).toBeVisible();
  await expectAccessibleInBothThemes(ada);
  await ada.keyboard.press("1");
  await textShown(ada, "blob");
  await ada.keyboard.press("n");
  await textShown(ada, texts[2] as string);
  // A wrong code is taken back by its key, and the text comes back.
  await ada.keyboard.press("u");
  await textShown(ada, "blob");
  await ada.keyboard.press("x");
  for (const text of texts.slice(2)) {
    await textShown(ada, text);
    await ada.keyboard.press("1");
  }
  await expect(ada.getByText("All texts coded")).toBeVisible();
  await expect(ada.getByRole("button", { name: "Compare codes" })).toBeDisabled();

  // The other coder sees how far this one is, and no code.
  await expect(grace.getByText("4 / 4")).toBeVisible();
  await expect(grace.getByText("can’t be coded", { exact: true })).toHaveCount(0);
  for (const text of texts) {
    await textShown(grace, text);
    if (text === `${other}x`) {
      const field = grace.getByRole("textbox", { name: "Another label" }).or(grace.getByRole("combobox", { name: "Another label" }));
      await field.fill(one);
      await grace.getByRole("button", { name: "Code", exact: true }).click();
    } else await grace.keyboard.press(text === "blob" ? "n" : "1");
  }
  await expect(grace.getByRole("button", { name: "Compare codes" })).toBeEnabled();
  await grace.getByRole("button", { name: "Compare codes" }).click();
  await grace.getByRole("dialog").getByRole("button", { name: "Compare codes" }).click();

  for (const page of [ada, grace]) await expect(page.getByRole("heading", { name: "Disputed texts 2" })).toBeVisible();
  await expectAccessibleInBothThemes(grace);
  await expectFitsPhone(grace);
  // This page is open while the codes change, but no vote.
  await owner.goto(`/studies/${key}/results?voters=all`);
  await expect(owner.getByRole("note")).toContainText("Coding is missing");
  const dispute = (page: Page, text: string) =>
    page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name: text }) });
  await dispute(ada, "blob").getByRole("radio", { name: "none of the labels" }).check();
  await dispute(ada, "blob").getByLabel("Reason").fill("It names a shape.");
  await dispute(ada, "blob").getByRole("button", { name: "Settle" }).click();
  await expect(grace.getByRole("heading", { name: "Disputed texts 1" })).toBeVisible();
  await dispute(grace, `${other}x`).getByRole("radio", { name: other }).check();
  await dispute(grace, `${other}x`).getByLabel("Reason").fill("Misspelled.");
  await dispute(grace, `${other}x`).getByRole("button", { name: "Settle" }).click();
  for (const page of [ada, grace]) await expect(page.getByText("The coding is complete.")).toBeVisible();
  await expect(ada.getByRole("row", { name: `${other}x` })).toContainText("settled by coding-grace");
  const downloading = ada.waitForEvent("download");
  await ada.getByRole("link", { name: "All codes as CSV" }).click();
  expect((await downloading).suggestedFilename()).toBe("codes.csv");

  const share = await shareOfRows(owner, key);
  expect(Number.parseFloat(share)).toBeGreaterThan(0);
  await expect(owner.getByRole("note")).toContainText(`Answers coded as the label: ${share}`, { timeout: 30_000 });
  await expect(owner.getByRole("note")).toContainText("4 texts by 2 researchers");
  await expect(owner.getByRole("note")).toContainText("2 disputes settled");
  await expectAccessibleInBothThemes(owner);
  await expectFitsPhone(owner);
  for (const page of [owner, first, second, ada, grace]) await page.context().close();
});
