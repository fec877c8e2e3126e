/**
 * The results of a study with the votes of a simulated electorate: figures are those of the computed documents, dots move as votes arrive,
 * images are selected by mouse and by keyboard.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, overrideNode, readArchive, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import type { OpenedStudy } from "../support/openedStudy.ts";
import { withRunningSystem } from "../support/runningSystem.ts";
import { addToTally, randomOfElectorate, recognisedBy, type ShownImage, writeVotedStudy } from "../support/votedStudy.ts";

/** Elites of finished runs, and a few photographs without a confidence. */
async function shownImages(page: Page): Promise<ShownImage[]> {
  const random = randomOfElectorate(1);
  const shown: ShownImage[] = [];
  for (const encoding of ["cppn", "direct"] as const) {
    const run = await finishedRun(page, { encoding, generations: encoding === "cppn" ? 60 : 40 });
    const known = new Set(shown.map(({ sha256 }) => sha256));
    for (const { id, niche, storedConfidence, image } of await readArchive(page, run.id)) {
      // An image may hold several niches, and a study shows it once.
      if (known.has(image.sha256)) continue;
      known.add(image.sha256);
      const recognised = recognisedBy(random, encoding);
      const [, eliteId = ""] = Buffer.from(id, "base64url").toString("utf8").split(":");
      shown.push({ sha256: image.sha256, label: niche, confidence: storedConfidence, source: encoding, recognised, eliteId });
    }
  }
  for (const label of [1, 4, 7])
    shown.push({
      sha256: `photograph ${label}`,
      label,
      confidence: null,
      source: "photograph",
      recognised: recognisedBy(random, "photograph"),
    });
  return shown;
}

async function resultOf<Kind extends "plane" | "agreement" | "consistency" | "groups" | "voters" | "summary">(
  page: Page,
  key: string,
  kind: Kind,
): Promise<StudyResult<Kind> | undefined> {
  const { node } = await ask<{ node: { voteCount: number; results: { voteCount: number; result: StudyResult<Kind> }[] } }>(
    page,
    "query($key: ID!, $kinds: [StudyResultKind!]) { node(id: $key) { ... on Study { voteCount results(kinds: $kinds) { voteCount result } } } }",
    { key, kinds: [kind.toUpperCase()] },
  );
  const [stored] = node.results;
  return stored?.voteCount === node.voteCount ? stored.result : undefined;
}

const votedStudies = new Map<string, OpenedStudy>();

/** A study with computed results. Tests share the one of a title, since a worker computes for seconds. */
async function votedStudy(page: Page, title: "Which digit, twice?" | "Which digit is it?"): Promise<OpenedStudy> {
  const known = votedStudies.get(title);
  if (known !== undefined) return known;
  const images = await shownImages(page);
  const opened = await withRunningSystem((system) => writeVotedStudy(system, { images, voters: 26, title }));
  await expect.poll(async () => (await resultOf(page, opened.key, "voters")) !== undefined, { timeout: 60_000 }).toBe(true);
  votedStudies.set(title, opened);
  return opened;
}

const planeOf = (page: Page) => page.getByRole("region", { name: "Plane" });
const selectionOf = (page: Page) => page.getByRole("region", { name: /selected$|^Most recognised$/ });

async function readTable(page: Page): Promise<string[][]> {
  const table = page.getByRole("region", { name: "The data as a table" });
  return table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
}

test("counting, bias, voters and trials show both sides, and the address keeps whose votes count", async ({ page }) => {
  const { key } = await votedStudy(page, "Which digit, twice?");
  const voters = (await resultOf(page, key, "voters")) as StudyResult<"voters">;
  const summary = (await resultOf(page, key, "summary")) as StudyResult<"summary">;
  const [planned, everyone] = [voters.planned.voters.length, voters.everyone.voters.length];
  expect(planned).toBeLessThan(everyone);
  await page.goto(`/studies/${key}/results/bias`);

  await test.step("the two ways of counting are those of the document, as planned and for all voters", async () => {
    for (const [button, side] of [
      [`As planned, ${voters.counts.planned.voted}`, "planned"],
      [`All ${voters.counts.everyone.voted}`, "everyone"],
    ] as const) {
      await page.getByRole("button", { name: button, exact: true }).click();
      const counting = summary[side].phases[0]?.voters;
      if (!counting?.defined) throw new Error("The counting is undefined.");
      const hits = counting.comparison.filter((one) => one === "intervalAbove").length;
      await expect(page.getByRole("region", { name: "Voters above chance" })).toContainText(`${hits} / ${counting.units.length}`);
    }
    await expect(page).toHaveURL(/voters=all/);
  });
  await test.step("groups of images have the figures of the document, and differences from the baseline that the reader chooses", async () => {
    const groups = (await resultOf(page, key, "groups")) as StudyResult<"groups">;
    await page.getByRole("navigation", { name: "Results" }).getByRole("link", { name: "Groups" }).click();
    const bySource = groups.everyone.phases[0]?.groupings.find(({ by }) => by === "source");
    const section = page.getByRole("region", { name: "By source", exact: true });
    await section.getByRole("radio", { name: "direct elite as baseline" }).check();
    await expect(page).toHaveURL(/voters=all.*source=1/);
    await expect(section.getByRole("row", { name: /^direct elite/ })).toContainText("baseline");
    await section.getByRole("button", { name: "Table" }).click();
    const rows = await readTable(page);
    expect(rows.map((row) => row.slice(1, 5))).toEqual(
      bySource?.groups.map(({ images, judged, voters: own, votes }) => [images, judged, own, votes].map(String)),
    );
    const share = bySource?.pairs.find(({ first, second }) => first === 0 && second === 1)?.share;
    expect(Number(rows[0]?.[11])).toBeCloseTo(share?.defined ? share.difference.estimate : Number.NaN, 12);
    await section.getByRole("button", { name: "Table" }).click();
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
  });

  await test.step("the study is compared with another of the same images, which the reader picks from the list", async () => {
    const other = await votedStudy(page, "Which digit is it?");
    await page.goto(`/studies/${key}/results`);
    await page.getByRole("link", { name: "Compare with" }).click();
    await expect(page.getByRole("heading", { name: "One study chosen" })).toBeVisible();
    await page.getByRole("combobox", { name: "Add a study" }).selectOption(other.key);
    await expect(page).toHaveURL(new RegExp(`studies=${key},${other.key}`));
    await expect(page.getByRole("region", { name: "The same images", exact: true })).toContainText(`${key} less ${other.key}`);
    for (const name of ["Differences between the plans", "The studies", "Planes", `Each image in ${key} and ${other.key}`])
      await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
    await page.goBack();
    await expect(page.getByRole("heading", { name: "One study chosen" })).toBeVisible();
    await page.goto(`/studies/${key}/results/bias?voters=all`);
  });

  for (const name of ["What people answer", "Over the session", "Flags", "With and without exclusions", "Time on screen", "Response times"])
    await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await test.step("all voters are listed, those whom the plan leaves out with the rule", async () => {
    await page.getByRole("navigation", { name: "Results" }).getByRole("link", { name: "Voters" }).click();
    await expect(page).toHaveURL(/\/results\/voters\?voters=all/);
    await expect(page.getByRole("rowheader")).toHaveCount(everyone);
    await expect(page.getByRole("row").filter({ hasText: "left out: gold under 5" }).first()).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
  });

  await test.step("the first trials are shown, and the files can be downloaded", async () => {
    await page.getByRole("navigation", { name: "Results" }).getByRole("link", { name: "Raw trials" }).click();
    await expect(page.getByRole("region", { name: "The first trials" }).getByRole("row")).toHaveCount(51);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    expect((await downloading).suggestedFilename()).toBe("trials.csv");
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
  });
});

test("a study without votes, one whose results are computed, and an unknown one say so", async ({ page }) => {
  const { key } = await votedStudy(page, "Which digit, twice?");
  let voteCount = 0;
  await overrideNode(page, "StudyStatistics", () => ({ results: [] }));
  await overrideNode(page, "TalliesAtFirst", () => ({
    tallies: { __typename: "StudyTallies", sequence: 2_000_000_000, tallies: [[0, voteCount, 0]] },
  }));
  await page.goto(`/studies/${key}/results`);
  await expect(page.getByRole("heading", { name: "No votes yet" })).toBeVisible();
  voteCount = 12;
  await page.reload();
  await expect(page.getByRole("heading", { name: "The results are being computed" })).toBeVisible();
  await expect(page.getByText("12 votes arrived.")).toBeVisible();
  await page.goto("/studies/STU-999999/results");
  await expect(page.getByRole("heading", { name: "This workspace has no study STU-999999" })).toBeVisible();
});

test("the plane shows every image's share, moves a dot when a vote arrives, and selects images by mouse and keyboard", async ({ page }) => {
  const { key, study } = await votedStudy(page, "Which digit is it?");
  // It gets more votes here.
  votedStudies.delete("Which digit is it?");
  const plane = (await resultOf(page, key, "plane")) as StudyResult<"plane">;
  const shares = plane.planned.phases[0]?.shares;
  if (!shares?.defined) throw new Error("The plane is undefined.");
  await page.goto(`/studies/${key.toLowerCase()}/results`);
  await expect(page.getByRole("heading", { level: 1, name: "Which digit is it?" })).toBeVisible();

  await test.step("its table has the figures of the computed document", async () => {
    await planeOf(page).getByRole("button", { name: "Table" }).click();
    const rows = await readTable(page);
    expect(rows).toHaveLength(shares.votes.length);
    for (const [image, row] of rows.entries()) {
      expect(row.slice(3, 6), `image ${image}`).toEqual([
        String(plane.shared.confidence[image] ?? ""),
        String(shares.agreeing[image]),
        String(shares.votes[image]),
      ]);
      expect(Number(row[7])).toBeCloseTo(shares.low[image] as number, 12);
      expect(Number(row[8])).toBeCloseTo(shares.high[image] as number, 12);
    }
  });

  await test.step("a vote moves a dot within a second, and the page says that it came since", async () => {
    const image = 2;
    const before = shares.votes[image] as number;
    const votesOfImage = planeOf(page).locator("tbody tr").nth(image).locator("td").nth(5);
    await expect(votesOfImage).toHaveText(String(before));
    await withRunningSystem((system) => addToTally(system.database, { studyId: study.id, index: image, votes: 3, agreeing: 3 }));
    await expect(votesOfImage).toHaveText(String(before + 3), { timeout: 1_000 });
    await expect(page.getByText("3 votes since")).toBeVisible();
    await planeOf(page).getByRole("button", { name: "Table" }).click();
  });

  await test.step("a drag selects images, and the address keeps the selection", async () => {
    const group = page.getByRole("group", { name: "Selection on the plane" });
    const box = (await group.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.move(box.x + 60, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3, { steps: 4 });
    await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 4 });
    await page.mouse.up();
    const voted = shares.votes.filter((votes) => votes > 0).length;
    await expect(selectionOf(page).getByRole("heading")).toHaveText(`${voted} selected`);
    await expect(selectionOf(page).getByRole("img")).toHaveCount(voted);
    await expect(page).toHaveURL(/brush=/);
    await page.reload();
    await expect(selectionOf(page).getByRole("heading")).toHaveText(`${voted} selected`);
  });

  await test.step("selected images link to their elites, and open in the gallery", async () => {
    const elites = selectionOf(page).locator('a[href^="/w/local/elites/"]');
    await expect(elites.nth(5)).toBeVisible();
    const shown = await elites.count();
    const downloading = page.waitForEvent("download");
    await selectionOf(page).getByRole("button", { name: "Download selection" }).click();
    expect((await downloading).suggestedFilename()).toBe(`${key}-selection.csv`);
    await selectionOf(page).getByRole("button", { name: "Open in gallery" }).click();
    await expect(page).toHaveURL(/\/gallery\?ids=/);
    await expect(page.getByText(`Showing ${shown} selected elites.`)).toBeVisible();
    await page.goBack();
  });

  await test.step("keys remove, begin, move and resize the selection", async () => {
    const group = page.getByRole("group", { name: "Selection on the plane" });
    await group.focus();
    await page.keyboard.press("Escape");
    await expect(selectionOf(page).getByRole("heading")).toHaveText("Most recognised");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/brush=[\d.]+,[\d.]+,0.5,1(&|$)/);
    await page.keyboard.press("ArrowDown");
    await expect(page).toHaveURL(/,0.48,0.98(&|$)/);
    await page.keyboard.press("Shift+ArrowDown");
    await expect(page).toHaveURL(/,0.48,0.96(&|$)/);
  });

  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("in high contrast the plane's frame, dots and selection and the open tab are in the user's palette", async ({ page }) => {
  const { key } = await votedStudy(page, "Which digit, twice?");
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await page.goto(`/studies/${key.toLowerCase()}/results`);
  const group = page.getByRole("group", { name: "Selection on the plane" });
  await group.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/brush=/);
  const strokes = await planeOf(page)
    .locator("svg line, svg rect, svg path")
    .evaluateAll((shapes) => shapes.map((shape) => getComputedStyle(shape).stroke).filter((stroke) => stroke !== "none"));
  const palette = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"];
  expect(strokes.filter((stroke) => palette.includes(stroke)).length).toBeGreaterThan(0);
  const tab = page.getByRole("navigation", { name: "Results" }).locator("[aria-current=page]");
  await expect(tab).toHaveCSS("border-bottom-color", "rgb(255, 255, 255)");
});
