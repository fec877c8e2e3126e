/** The builder's preview shows the question and the answers of the voter's page, for every kind of question. */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { trialOf } from "../../../../apps/api/src/voting/ballot.ts";
import { previewedTrial } from "../../../../apps/web/src/features/studyBuilder/previewedTrial.ts";
import { VoterPreview } from "../../../../apps/web/src/features/studyBuilder/VoterPreview.tsx";
import { textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const digits = Array.from({ length: 24 }, (_, label) => String(label % 10));

function planOf(protocol: Protocol, names: readonly string[], language = "en") {
  const design = studyDesign(24, { phases: [{ protocol, timing: resolveParameters(timingSpecs, {}) }] });
  const plan = studyPlan(withImageHashes({ ...design, perVoter: { counted: 24, gold: 0, noise: 0, canaries: 0 } }));
  const labelNames = { [language]: plan.rules.design.labels.map((label, place) => names[place] ?? `thing ${label}`) };
  return { ...plan, languages: [language], labelNames };
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");
const previewOf = (plan: ReturnType<typeof planOf>) => textOf(renderToStaticMarkup(createElement(VoterPreview, { plan, images: [] })));

describe("the preview of a voter's trials", () => {
  const [english, german] = [textsIn("en"), textsIn("de")];
  it.each([
    ["ten digits", resolveProtocol("alternatives", { cantTell: "missing" }), digits, [english.whichDigitMachine, english.noDigit]],
    ["labels", resolveProtocol("alternatives", { cantTell: "missing" }), [], [english.whichLabelMachine, english.nothing]],
    ["yes or no", resolveProtocol("yesNo", {}), [], [english.anything, english.yes, english.no]],
    ["free text", resolveProtocol("freeText", { cantTell: "missing" }), [], [english.write, english.next, english.nothing]],
    ["ratings", resolveProtocol("confidenceRating", { labels: "every" }), [], [english.rateMany, english.certainlyNot]],
    ["pairs", resolveProtocol("pairwise", { pairs: "otherLabel" }), [], [english.pair[0]]],
  ] as const)("has the words of the voter's page: %s", (_, protocol, names, words) => {
    const text = previewOf(planOf(protocol, names));
    for (const word of [...words, english.leave, english.undo, english.skip]) expect(text).toContain(word?.trim());
  });

  it("is in the language of the voters", () => {
    const text = previewOf(planOf(resolveProtocol("alternatives", { cantTell: "missing" }), digits, "de"));
    for (const word of [german.whichDigitMachine, german.noDigit, german.leave, german.skip]) expect(text).toContain(word);
  });

  it("is the trial that the API sends", () => {
    const plan = planOf(resolveProtocol("reverse", { alternatives: 4 }), []);
    const image = { url: "", width: 28, height: 28 };
    const [trial] = buildTrials(plan.rules.design, { seed: plan.seed, voter: 0 });
    if (trial === undefined) throw new Error("The plan has no trial.");
    const study = {
      plan,
      labelPlaces: new Map(plan.rules.design.labels.map((label, place) => [label, place])),
      imageOf: () => ({ shape: image }),
      imageSecret: "",
    };
    const voter = { language: "en", still: false, imageKey: null };
    const sent = trialOf({ voter, study, answered: new Set() } as unknown as Parameters<typeof trialOf>[0], trial);
    const images = new Map(trial.screen.images.map((sha256) => [sha256, image]));
    expect(previewedTrial(plan, trial, { language: "en", images })).toEqual(sent);
  });
});
