/** Practice of each phase's own question, and the screens around it: within the screen at a desk and on a phone. */
import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { templates } from "@pareidolia/perception/templates/registry";
import { type Template, type TextLanguage, textLanguages } from "@pareidolia/perception/templates/template";
import { expect, type Page } from "@playwright/test";
import { stopAnswering } from "../support/answeredOperations.ts";
import { changeAnswer, test } from "../support/browser.ts";
import { openStudy } from "../support/openStudies.ts";
import { expectTrial, heading, start } from "../support/votingPage.ts";

const untimed = { blankMs: 100, imageMs: 0, maskMs: 0, answerMs: 0 };
const windows = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;

/** Nothing scrolls, and each of these buttons is on the screen, in every window. */
async function expectWithin(page: Page, title: string, buttons: readonly (string | RegExp)[]): Promise<void> {
  for (const size of windows) {
    await page.setViewportSize(size);
    const message = `${title}, ${size.width} x ${size.height}`;
    const overflow = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    await expect.poll(overflow, { message }).toBeLessThanOrEqual(0);
    for (const name of buttons) await expect(page.getByRole("button", { name, exact: true }), message).toBeInViewport({ ratio: 0.99 });
  }
  await page.setViewportSize(windows[0]);
}

/** A practice trial whose image is on the screen, past the blank. */
const trialOnScreen = (page: Page) => page.locator('[data-player][data-phase="image"], [data-player][data-phase="answer"]');

interface TrialsAnswer {
  readonly ballot: {
    readonly voter: {
      readonly trials: {
        phase: number;
        readonly images: readonly unknown[];
        options: readonly string[];
        exemplars: readonly unknown[];
      }[];
    };
  };
}

interface Practised {
  readonly title: string;
  readonly protocol: Protocol;
  readonly options?: readonly string[];
  readonly examples?: number;
  readonly answer: (page: Page) => Promise<void>;
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** The second level for each label. */
async function rateAll(page: Page): Promise<void> {
  for (const row of await page.locator("[data-row]").all()) await row.getByRole("radio").nth(1).check({ force: true });
  await page.getByRole("button", { name: "Next", exact: true }).click();
}

const labels = Array.from({ length: 48 }, (_, index) => (index % 5 === 0 ? `computer keyboard ${index}` : `peacock ${index}`));
const practised: readonly Practised[] = [
  { title: "All of 48 labels", protocol: resolveProtocol("alternatives", {}), options: labels, answer: press("2") },
  {
    title: "Ten ratings",
    protocol: resolveProtocol("confidenceRating", { levels: 5 }),
    options: labels.slice(0, 10),
    answer: rateAll,
  },
  { title: "One of eight with examples", protocol: resolveProtocol("reverse", { alternatives: 8 }), examples: 5, answer: press("2") },
  { title: "Yes or no", protocol: resolveProtocol("yesNo", {}), answer: press("2") },
  { title: "Pairs", protocol: resolveProtocol("pairwise", { pairs: "otherLabel" }), answer: press("1") },
  { title: "Free text", protocol: resolveProtocol("freeText", {}), answer: press("x", "Enter") },
];

test("the practice of every kind of question has its own form, and tells whether each answer was right, within the screen", async ({
  page,
}) => {
  test.setTimeout(300_000);
  for (const { title, protocol, options, examples = 0, answer } of practised)
    await test.step(title, async () => {
      const study = await openStudy(page, { title, trials: 8, trialsPerVoter: 8, protocol, timing: untimed });
      await changeAnswer<TrialsAnswer>(page, "VoterTrials", ({ ballot }) => {
        for (const trial of ballot.voter.trials) {
          trial.exemplars = Array.from({ length: examples }, () => trial.images[0] ?? null);
          if (options !== undefined) trial.options = options;
        }
      });
      await page.setViewportSize(windows[0]);
      await page.goto(study.path);
      await page.getByRole("checkbox").check();
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await page.getByRole("button", { name: "Try three first" }).click();
      await expect(trialOnScreen(page)).toBeVisible();
      if (examples > 0) await expect(page.getByRole("region", { name: /^Photographs: / }).getByRole("img")).toHaveCount(examples);
      if (options !== undefined && protocol.kind === "alternatives")
        await expect(page.locator("[data-keys] button")).toHaveCount(options.length);
      await expectWithin(page, `${title}, practice`, ["Skip"]);
      await answer(page);
      await expect(heading(page, /^(That is right|The right answer was: .+)$/)).toBeVisible();
      await expectWithin(page, `${title}, feedback`, ["Next"]);
      await page.getByRole("button", { name: "Next" }).click();
      await expect(trialOnScreen(page)).toBeVisible();
      await page.getByRole("button", { name: "Skip the practice" }).click();
      await expectTrial(page, 1, 8);
      await stopAnswering(page);
    });
});

interface BallotAnswer {
  readonly ballot: {
    readonly consent: { readonly texts: { readonly language: string; instructions: readonly string[] }[] };
    readonly voter: { language: string } | null;
  };
}

test("each later part begins with its question, its instructions and a practice of it, within the screen in every language", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const later = templates.filter(({ rules }) => rules.phases.length > 1);
  expect(later.length).toBeGreaterThan(0);
  const study = await openStudy(page, { title: "Two parts", trials: 4, languages: ["en", "de"], timing: untimed });
  let template = later[0] as Template;
  let voterLanguage: TextLanguage = "en";
  await changeAnswer<BallotAnswer>(page, "VoterBallot", ({ ballot }) => {
    if (ballot.voter !== null) ballot.voter.language = voterLanguage;
    for (const text of ballot.consent.texts)
      text.instructions = template.texts[text.language as TextLanguage].phases.map(({ instructions }) => instructions);
  });
  await changeAnswer<TrialsAnswer>(page, "VoterTrials", ({ ballot }) => {
    for (const trial of ballot.voter.trials) trial.phase = 1;
  });
  await page.setViewportSize(windows[0]);
  await start(page, study.path);
  for (template of later)
    for (voterLanguage of textLanguages)
      await test.step(`${template.id}, ${voterLanguage}`, async () => {
        const isGerman = voterLanguage === "de";
        await page.reload();
        // A voter who has answered nothing yet reads the instructions of the session first.
        const skip = page.getByRole("button", { name: isGerman ? "Ohne Probe starten" : "Skip the practice" });
        const begin = page.getByRole("button", { name: isGerman ? "Diesen Teil beginnen" : "Start this part" });
        await expect(skip.or(begin)).toBeVisible();
        if (await skip.isVisible()) await skip.click();
        const practise = page.getByRole("button", { name: isGerman ? "Drei zur Probe" : "Try three first" });
        await expect(begin).toBeVisible();
        await expect(page.getByText(template.texts[voterLanguage].phases[1]?.instructions ?? "")).toBeVisible();
        await expectWithin(page, `Part 2 of ${template.id} in ${voterLanguage}`, [
          isGerman ? "Drei zur Probe" : "Try three first",
          isGerman ? "Diesen Teil beginnen" : "Start this part",
        ]);
        await practise.click();
        await expect(trialOnScreen(page)).toBeVisible();
        await page.keyboard.press("2");
        await expect(
          heading(page, isGerman ? /^(Das ist richtig|Richtig war: .+)$/ : /^(That is right|The right answer was: .+)$/),
        ).toBeVisible();
        await expectWithin(page, `Feedback of ${template.id} in ${voterLanguage}`, [isGerman ? "Weiter" : "Next"]);
      });
});
