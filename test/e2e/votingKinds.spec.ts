/** Every kind of question, voted in a browser by the keys of a desk and by touch on a phone, with undo and skip, down to the stored votes. */

import { type Protocol, type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { templates } from "@pareidolia/perception/templates/registry";
import { type Template, type TextLanguage, textLanguages } from "@pareidolia/perception/templates/template";
import { expect, type Page } from "@playwright/test";
import { stopAnswering } from "../support/answeredOperations.ts";
import { expectFitsPhone } from "../support/axe.ts";
import { ask, changeAnswer, test } from "../support/browser.ts";
import { type OpenStudy, openStudy } from "../support/openStudies.ts";
import { expectTrial, finishVoting, heading, recordVotes, start } from "../support/votingPage.ts";

const untimed = { blankMs: 100, imageMs: 0, maskMs: 0, answerMs: 0 };
const brief = { blankMs: 100, imageMs: 150, maskMs: 100, answerMs: 0 };

interface Kind {
  readonly title: string;
  readonly protocol: Protocol;
  readonly timing?: typeof untimed;
  /** Presses the keys of two answers. */
  readonly answers: readonly [(page: Page) => Promise<void>, (page: Page) => Promise<void>];
  /** The columns of the stored votes that these answers fill. */
  readonly stored: readonly [object, object];
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** Letters are text while a voter writes. */
const write = (text: string) => async (page: Page) => {
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
};

/** What the test of heights changes of the trials that the page loads. */
interface TrialsAnswer {
  readonly ballot: {
    readonly voter: {
      readonly trials: { readonly images: readonly unknown[]; options: readonly string[]; exemplars: readonly unknown[] }[];
    };
  };
}

const positions = [{ answer_position: 0 }, { answer_position: 1 }] as const;
const kinds: readonly Kind[] = [
  { title: "Yes or no", protocol: resolveProtocol("yesNo", { cantTell: "missing" }), answers: [press("1"), press("n")], stored: positions },
  {
    title: "One label of four",
    protocol: resolveProtocol("alternatives", { alternatives: 4, cantTell: "missing", foils: "random" }),
    timing: brief,
    answers: [
      (page) => page.locator("[data-keys] button").nth(0).press("Enter"),
      (page) => page.locator("[data-keys] button").nth(1).press("Enter"),
    ],
    stored: positions,
  },
  {
    title: "One image of four",
    protocol: resolveProtocol("reverse", { alternatives: 4, cantTell: "missing" }),
    answers: [press("1"), press("2")],
    stored: positions,
  },
  {
    title: "Pairs",
    protocol: resolveProtocol("pairwise", { pairs: "otherLabel", cantTell: "missing" }),
    answers: [press("1"), press("ArrowRight")],
    stored: positions,
  },
  {
    title: "Ratings",
    protocol: resolveProtocol("confidenceRating", { levels: 5, cantTell: "missing" }),
    answers: [press("2", "Enter"), press("1", "5", "Enter")],
    stored: [{ answer_ratings: [1] }, { answer_ratings: [4] }],
  },
  {
    title: "Free text",
    protocol: resolveProtocol("freeText", { cantTell: "missing" }),
    answers: [write("us"), write("a snail, 9 lives")],
    stored: [{ answer_text: "us" }, { answer_text: "a snail, 9 lives" }],
  },
];

/** The rows of the study's export, by trial. */
async function storedVotes(page: Page, { key }: OpenStudy): Promise<Record<string, unknown>[]> {
  const response = await page.request.get(`/studies/${key}/trials.jsonl`);
  expect(response.ok()).toBe(true);
  const lines = (await response.text()).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function voteCountOf(page: Page, { id }: OpenStudy): Promise<number> {
  const { node } = await ask<{ node: { voteCount: number } }>(page, "query($id: ID!) { node(id: $id) { ... on Study { voteCount } } }", {
    id,
  });
  return node.voteCount;
}

/** By the letter's key, or by the button where letters are text. */
async function use(page: Page, kind: Kind, action: "Undo" | "Skip"): Promise<void> {
  if (kind.protocol.kind !== "freeText") return page.keyboard.press(action[0]?.toLowerCase() ?? "");
  await page.getByRole("button", { name: action }).focus();
  await page.keyboard.press("Enter");
}

test("every kind of question is answered by keyboard, with undo and skip, and stored as it was answered", async ({ page }) => {
  test.setTimeout(180_000);
  // Brief images are voted as such; the other tests run on a device that reduces motion.
  await page.emulateMedia({ reducedMotion: "no-preference" });
  for (const kind of kinds) {
    await test.step(kind.title, async () => {
      const { title, protocol, timing = untimed, answers, stored } = kind;
      const study = await openStudy(page, { title, trials: 5, trialsPerVoter: 5, protocol, timing });
      const sent = recordVotes(page);
      await start(page, study.path);
      const waitForKeys = async (number: number) => {
        await expectTrial(page, number, 5);
        if (timing.imageMs === 0) return;
        await expect(page.locator("[data-player][data-phase='answer']")).toBeVisible();
      };
      await waitForKeys(1);
      await answers[0](page);
      await waitForKeys(2);
      await use(page, kind, "Skip");
      await waitForKeys(3);
      await use(page, kind, "Undo");
      await waitForKeys(2);
      await answers[0](page);
      await waitForKeys(3);
      await use(page, kind, "Undo");
      await waitForKeys(2);
      await answers[1](page);
      await waitForKeys(3);
      await use(page, kind, "Skip");
      await waitForKeys(4);
      if (protocol.kind === "freeText") await page.getByRole("button", { name: "Nothing I recognise" }).press("Enter");
      else await page.keyboard.press("Space");
      await waitForKeys(5);
      await answers[1](page);
      await finishVoting(page);

      const votes = await storedVotes(page, study);
      expect(votes).toMatchObject([
        { trial: 1, skipped: false, ...stored[0] },
        { trial: 2, skipped: false, ...stored[1] },
        { trial: 3, skipped: true },
        { trial: 4, cant_tell: true },
        { trial: 5, ...stored[1] },
      ]);
      expect(await voteCountOf(page, study)).toBe(3);
      for (const vote of votes) {
        expect(vote).toMatchObject({ still: false, requested_ms: timing.imageMs });
        // The second image was shown again by each of two undos.
        expect(vote["presentations"]).toBe(vote["trial"] === 2 || vote["trial"] === 3 ? 3 : 1);
        expect(vote["refresh_hz"]).toBeGreaterThan(0);
        if (vote["trial"] !== 3) expect(vote["response_ms"]).toBeGreaterThan(0);
        expect(vote["shown_ms"]).toBeGreaterThan(timing.imageMs * 0.8);
        if (timing.maskMs > 0) expect(vote["mask_ms"]).toBeGreaterThan(timing.maskMs * 0.8);
      }
      // Each answer was sent once, the two that were taken back included.
      expect(new Set(sent.map(({ submissionId }) => submissionId)).size).toBe(7);
    });
  }
});

const windows = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;
const fortyEight = Array.from({ length: 48 }, (_, index) => (index % 5 === 0 ? `computer keyboard ${index}` : `peacock ${index}`));

test("no trial is longer than its screen, whatever it asks", async ({ page }) => {
  const examples = [0, 1, 2, 3, 4];
  const cases = [
    {
      title: "All of 48 labels",
      protocol: resolveProtocol("alternatives", { cantTell: "missing" }),
      options: fortyEight,
      button: /^peacock 47/,
    },
    {
      title: "Ten ratings",
      protocol: resolveProtocol("confidenceRating", { levels: 5, cantTell: "missing" }),
      options: fortyEight.slice(0, 10),
      button: /^Next/,
    },
    {
      title: "One of eight with examples",
      protocol: resolveProtocol("reverse", { alternatives: 8, cantTell: "missing" }),
      options: null,
      button: "Image 8",
    },
  ];
  for (const { title, protocol, options, button } of cases)
    await test.step(title, async () => {
      const study = await openStudy(page, { title, trials: 8, trialsPerVoter: 8, protocol, timing: untimed });
      await changeAnswer<TrialsAnswer>(page, "VoterTrials", ({ ballot }) => {
        for (const trial of ballot.voter.trials) {
          if (options === null) trial.exemplars = examples.map(() => trial.images[0] ?? null);
          else trial.options = options;
        }
      });
      await page.setViewportSize(windows[0]);
      await start(page, study.path);
      await expectTrial(page, 1, 8);
      for (const size of windows) {
        await page.setViewportSize(size);
        const overflow = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
        await expect.poll(overflow, { message: `${title}, ${size.width} x ${size.height}` }).toBeLessThanOrEqual(0);
        // The last answer is reached by scrolling the answers at most, and the image stays.
        await page.getByRole("button", { name: button }).scrollIntoViewIfNeeded();
        await expect(page.getByRole("button", { name: button })).toBeInViewport({ ratio: 0.9 });
        await expect(page.getByRole("group", { name: "Image to judge" }).getByRole("img").first()).toBeInViewport({ ratio: 0.9 });
        await expect(page.getByRole("button", { name: "Skip" })).toBeInViewport({ ratio: 0.9 });
      }
      await stopAnswering(page);
    });
});

const kindsOfQuestions: Readonly<Record<ProtocolKindId, string>> = {
  alternatives: "ONE_LABEL_OF",
  reverse: "ONE_IMAGE_OF",
  yesNo: "YES_NO",
  freeText: "FREE_TEXT",
  confidenceRating: "RATINGS",
  pairwise: "PAIR",
};

/** What the test of introductions changes of a ballot, so that one study stands for every template. */
interface BallotAnswer {
  readonly ballot: {
    imagesFlash: boolean;
    offersStill: boolean;
    readonly consent: { readonly texts: { readonly language: string; introduction: string; instructions: readonly string[] }[] };
    readonly voter: { language: string } | null;
  };
}

interface FirstTrialAnswer {
  readonly ballot: {
    readonly voter: { readonly trials: { question: object; images: readonly unknown[]; options: readonly string[]; timing: object }[] };
  };
}

test("the buttons of the consent and of the instructions are within the screen, for every template in every language", async ({ page }) => {
  test.setTimeout(400_000);
  const study = await openStudy(page, { title: "Seltsame Bilder", trials: 2, languages: ["en", "de"] });
  let template = templates[0] as Template;
  let voterLanguage: TextLanguage = "en";
  await changeAnswer<BallotAnswer>(page, "VoterBallot", ({ ballot }) => {
    ballot.imagesFlash = template.rules.phases.some(({ timing }) => timing.imageMs > 0);
    ballot.offersStill = ballot.imagesFlash;
    if (ballot.voter !== null) ballot.voter.language = voterLanguage;
    for (const text of ballot.consent.texts) {
      const { introduction, phases } = template.texts[text.language as TextLanguage];
      text.introduction = introduction;
      text.instructions = phases.map(({ instructions }) => instructions);
    }
  });
  await changeAnswer<FirstTrialAnswer>(page, "VoterTrials", ({ ballot }) => {
    const { protocol, timing } = template.rules.phases[0] as Template["rules"]["phases"][number];
    const count = protocol.kind === "reverse" ? protocol.values.alternatives : protocol.kind === "pairwise" ? 2 : 1;
    for (const trial of ballot.voter.trials) {
      const named = protocol.kind === "alternatives" || protocol.kind === "confidenceRating";
      const options = named ? ["black-and-tan coonhound", "entertainment center"] : [];
      const images = Array.from({ length: count }, () => trial.images[0]);
      Object.assign(trial, { timing, options, images, question: { ...trial.question, kind: kindsOfQuestions[protocol.kind] } });
    }
  });
  const expectButtons = async (title: string) => {
    for (const size of windows) {
      await page.setViewportSize(size);
      const message = `${title}, ${template.id}, ${size.width} x ${size.height}`;
      for (const button of await page.getByRole("button").all()) await expect(button, message).toBeInViewport({ ratio: 0.99 });
      const overflow = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
      // An unsteady screen, as on a busy machine, adds a hint.
      const isUnsteady = await page.getByText(/Hz, (unsteady|ungleichmäßig)/).isVisible();
      if (title.startsWith("Instructions") && !isUnsteady) await expect.poll(overflow, { message }).toBeLessThanOrEqual(0);
    }
  };
  for (template of templates) {
    await page.goto(study.path);
    for (const language of ["English", "Deutsch"]) {
      await page.getByRole("button", { name: language }).click();
      await expectButtons(`Consent in ${language}`);
    }
  }
  // This study has no still version.
  template = templates[0] as Template;
  await page.goto(study.path);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(heading(page, "How it works")).toBeVisible();
  for (template of templates)
    for (voterLanguage of textLanguages) {
      await page.reload();
      await expect(heading(page, voterLanguage === "de" ? "So geht es" : "How it works")).toBeVisible();
      await expect(page.getByText(template.texts[voterLanguage].phases[0]?.instructions ?? "")).toBeVisible();
      await expectButtons(`Instructions in ${voterLanguage}`);
    }
});

test.describe("on a phone that reduces motion", () => {
  test.use({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true });

  test("the still version of brief images is selected, and is voted by touch without scrolling", async ({ page }) => {
    const protocol = resolveProtocol("reverse", { alternatives: 4, cantTell: "missing" });
    const study = await openStudy(page, { title: "Still images", trials: 4, trialsPerVoter: 4, protocol, timing: brief });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(study.path);
    await expect(heading(page, "Still images")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Still images" })).toBeChecked();
    await expect(page.getByText("And that you saw the still version.")).toBeVisible();
    await page.getByRole("radio", { name: "Brief images" }).tap();
    await expect(page.getByText("And that you saw the still version.")).toBeHidden();
    await page.getByRole("radio", { name: "Still images" }).tap();
    await page.getByRole("checkbox").tap();
    await page.getByRole("button", { name: "Start", exact: true }).tap();
    await expect(page.getByText("Look at all the images for as long as you like.")).toBeVisible();
    await expect(page.getByText("Noise covers it.")).toBeHidden();
    await page.getByRole("button", { name: "Skip the practice" }).tap();
    for (const number of [1, 2, 3, 4]) {
      await expectTrial(page, number, 4);
      await expect(page.locator("[data-player]")).toHaveAttribute("data-phase", "image");
      await expectFitsPhone(page);
      const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
      expect(scrolls, "the trial fits the screen").toBe(false);
      for (const key of await page.getByRole("button").all()) {
        const box = await key.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0), await key.innerText()).toBeGreaterThanOrEqual(44);
      }
      if (number < 4) await page.getByRole("button", { name: `Image ${number}` }).tap();
    }
    await page.getByRole("button", { name: "I can't tell" }).tap();
    await finishVoting(page);
    const votes = await storedVotes(page, study);
    expect(votes).toMatchObject([
      { answer_position: 0, still: true },
      { answer_position: 1, still: true },
      { answer_position: 2, still: true },
      { cant_tell: true, still: true },
    ]);
    for (const vote of votes) {
      expect(vote["excluded_by"]).toContain("still");
      expect(vote).toMatchObject({ requested_ms: 0, mask_ms: 0 });
    }
  });
});
