/** Error consistency on the page: the pairs that its mean is over, and the mean with those left out, counted from the rows of votes. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { wordsOfAll } from "../../../../apps/web/src/features/studyResults/agreementWords.ts";
import { Consistency } from "../../../../apps/web/src/features/studyResults/Consistency.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const images = 24;

/** Eight voters with one choice of two, of whom voters 3 to 6 are always wrong, and voter 7 skips all. */
function study() {
  const phases = [{ protocol: resolveProtocol("alternatives", { alternatives: 2 }), timing: resolveParameters(timingSpecs, {}) }];
  const design = { ...studyDesign(images, { phases }), perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } };
  return simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 9,
    sessionShare: () => 1,
    answer: ({ item, target }, voter) => {
      const wrong = voter >= 3 ? voter < 7 || item < 12 + voter : (item + voter) % 3 === 0;
      return voter === 8 ? null : { choice: wrong ? 1 - (target ?? 0) : (target ?? 0) };
    },
  });
}

/** Cohen's kappa of being right, from its definition. */
function kappa(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [p, q] = [mean(one), mean(other)];
  const observed = mean(one.map((value, at) => Number(value === other[at])));
  const expected = p * q + (1 - p) * (1 - q);
  return (observed - expected) / (1 - expected);
}

it("names the pairs that the mean is over, and what the others would change", () => {
  const simulated = study();
  const evidence = collectStudy(simulated);
  const phase = computeResult("consistency", evidence).everyone.phases[0];
  if (phase === undefined) throw new Error("The study has no phase.");
  const text = renderToStaticMarkup(createElement(Consistency, { phase, seed: 1, words: wordsOfAll([]) }))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  // Rows of being right by voter, in the order of images, from the evidence's votes one by one.
  const { votes } = evidence.everyone.phases[0] ?? { votes: null };
  if (votes === null) throw new Error("The study has no votes.");
  const rows = new Map<number, number[]>();
  for (const [vote, agrees] of votes.agrees.entries()) {
    const row = rows.get(votes.voter[vote] as number) ?? Array<number>(images).fill(-1);
    row[votes.item[vote] as number] = agrees;
    rows.set(votes.voter[vote] as number, row);
  }
  const people = [...rows.values()];
  const kappas = people.flatMap((one, index) => people.slice(index + 1).map((other) => kappa(one, other)));
  const varies = (row: readonly number[]): boolean => row.includes(0) && row.includes(1);
  const used = people.flatMap((one, index) =>
    people.slice(index + 1).flatMap((other) => (varies(one) && varies(other) ? [kappa(one, other)] : [])),
  );
  const known = kappas.filter((value) => !Number.isNaN(value));
  const mean = (values: readonly number[]): string => (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
  const unit = (value: string): string => value.replace("-", "−").replace("0.", ".");
  expect([kappas.length, known.length, used.length]).toEqual([28, 22, 6]);
  expect(text).toContain(`Error consistency of people, κ ${unit(mean(used))} `);
  expect(text).toContain("It is the mean over 6 of 28 pairs. 16 pairs with a person who is always right, or always wrong,");
  expect(text).toContain(`With them, the mean is ${unit(mean(known))}. 6 pairs have nothing to compare.`);
});
