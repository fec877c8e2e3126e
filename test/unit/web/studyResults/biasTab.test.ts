/** The tab of counting and bias: its figures follow the question, and each interval says over what it generalises. */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BiasTab } from "../../../../apps/web/src/features/studyResults/BiasTab.tsx";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { classesUpTo, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { type SimulationOptions, simulatedStudy } from "../../../support/studyVotes.ts";

const kinds = ["summary", "bias", "detection", "voters", "agreement", "timing"] as const;

function tabOf(kind: ProtocolKindId, values: Record<string, unknown>, noise: number, answer: SimulationOptions["answer"], voters = 12) {
  const phases = [{ protocol: resolveProtocol(kind, values), timing: resolveParameters(timingSpecs, {}) }];
  const design = { ...studyDesign(24, { phases }), perVoter: { counted: 24, gold: 0, noise, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), { voters, sessionShare: () => 1, ...(answer ? { answer } : {}) });
  const evidence = collectStudy(study);
  const results = Object.fromEntries(kinds.map((id) => [id, computeResult(id, evidence)]));
  const plan = readPlan(serialiseStudyPlan(study.plan));
  const html = renderToStaticMarkup(createElement(BiasTab, { studyKey: "STU-1", plan, results, side: "everyone", question: 0 }));
  const text = html
    .replace(/<style.*?<\/style>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  return { text, study, evidence };
}

/** How many more images than the mean voter a voter answers "yes" to, or gets wrong; and noise with "yes". */
const shift = [-4, -3, -2, -1, 1, 2, 3, 4, -2, 2, -1, 1];
const ofNoise = [0, 0, 0, 1, 1, 2, 2, 2, 1, 1, 1, 1];

describe("the tab of counting and bias", () => {
  it("shows hits, false alarms, d′ and criterion of yes or no, counted from the votes", () => {
    const { text } = tabOf("yesNo", {}, 4, ({ role, item }, voter) =>
      role === "noise" ? { choice: item < (ofNoise[voter] ?? 0) ? 0 : 1 } : { choice: item < 16 + (shift[voter] ?? 0) ? 0 : 1 },
    );
    // 24 images and 4 of noise of each of 12 voters.
    expect(text).toContain("Hit rate, “yes” to the study’s images 192 / 288 66.7%");
    expect(text).toContain("False alarms, “yes” to noise 12 / 48 25%");
    // The standard normal quantiles of log-linear rates: z(192.5 / 289) - z(12.5 / 49), and minus half of their sum.
    expect(text).toMatch(/d′ 1\.09 \.\d+ – 1\.\d+, 336 trials 95% interval for other voters and these images Criterion \.11 /);
    for (const words of ["position 1", "Answers that are the machine’s", "By label"]) expect(text).not.toContain(words);
  });

  it("shows the same of a reversed question", () => {
    const { text } = tabOf("reverse", { alternatives: 2 }, 0, ({ item, target }, voter) => ({
      choice: item < 6 + (shift[voter] ?? 0) ? 1 - (target ?? 0) : (target ?? 0),
    }));
    expect(text).toContain("Hit rate, the right one of 2 216 / 288 75%");
    expect(text).toContain("False alarms, an image that is not the right one 72 / 288 25%");
    for (const words of ["d′ among 2", "Criterion of positions"]) expect(text).toContain(words);
    for (const words of ["Answers that are the machine’s", "By position on the screen"]) expect(text).not.toContain(words);
  });

  it("shows hit rate, d′ and criterion of a choice of two labels beside their matrix, counted from the votes", () => {
    const { text, evidence } = tabOf("alternatives", { alternatives: 2 }, 0, ({ item, target }, voter) => ({
      choice: item < 8 + (shift[voter] ?? 0) ? 0 : (target ?? 0),
    }));
    const { votes, positions } = evidence.everyone.phases[0] ?? {};
    if (votes === undefined || positions === undefined) throw new Error("The study has no votes.");
    const n = votes.agrees.length;
    const right = votes.agrees.filter((agrees) => agrees === 1).length;
    const first = (target: number) => [...positions.target.keys()].filter((vote) => positions.target[vote] === target);
    const rateOfFirst = (target: number): number => {
      const own = first(target);
      return (own.filter((vote) => positions.answer[vote] === 0).length + 0.5) / (own.length + 1);
    };
    const z = normalQuantile;
    const unit = (value: number): string => value.toFixed(2).replace("-", "−").replace("0.", ".");
    expect([n, first(0).length + first(1).length]).toEqual([288, 288]);
    expect(text).toContain(`Hit rate, the machine’s label among 2 ${right} / ${n} ${((100 * right) / n).toFixed(1).replace(".0", "")}%`);
    expect(text).toContain(`False alarms, a label that is not the machine’s ${n - right} / ${n} `);
    expect(text).toContain(`d′ among 2 ${unit(Math.SQRT2 * z((right + 0.5) / (n + 1)))} `);
    expect(text).toContain(`Criterion of positions ${unit(-(z(rateOfFirst(0)) + z(rateOfFirst(1))) / 2)} `);
    expect(text).toContain("Answers that are the machine’s");
  });

  it("speaks of “yes” and not of agreement or chance where the question is yes or no", () => {
    const { text, study } = tabOf("yesNo", {}, 4, ({ item }, voter) => ({ choice: (item + voter) % 3 === 0 ? 1 : 0 }));
    const answers = study.votes.flatMap(({ answer }) => (answer === null ? [] : [(answer as { choice: number }).choice]));
    expect(answers.length).toBe(12 * 28);
    expect(text).toContain("Share of votes for “yes”");
    for (const words of ["above chance", "that agree", "who agree", "A question without options", "Voters, in the mean"])
      expect(text).not.toContain(words);
  });

  it("shows α where it has no interval, as counted from the votes, with the reason", () => {
    const { text, evidence } = tabOf(
      "alternatives",
      { alternatives: 2 },
      0,
      ({ item, target }, voter) => ({ choice: voter === 0 || item < 9 ? (target ?? 0) : 1 - (target ?? 0) }),
      2,
    );
    const { votes } = evidence.everyone.phases[0] ?? { votes: null };
    if (votes === null) throw new Error("The study has no votes.");
    // Of two voters without gaps, α is 1 - (n - 1) times the votes in disagreeing pairs, over the ordered pairs of different votes.
    const answersTo = (item: number): number[] => [...votes.answer].filter((_, vote) => votes.item[vote] === item);
    const disagreeing = classesUpTo(24).filter((item) => new Set(answersTo(item)).size === 2).length;
    const counts = new Map<number, number>();
    for (const answer of votes.answer) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    const n = votes.answer.length;
    const different = n ** 2 - [...counts.values()].reduce((sum, count) => sum + count ** 2, 0);
    const alpha = 1 - ((n - 1) * 2 * disagreeing) / different;
    expect([n, disagreeing]).toEqual([48, 15]);
    expect(text).toContain(`${alpha.toFixed(2).replace(/^0/, "")} no interval`);
    expect(text).toMatch(/α, nominal: A 95% interval /);
    expect(text).not.toMatch(/α, nominal undefined/);
  });

  it("keeps the matrix of labels, and says of each interval over what it generalises", () => {
    const { text } = tabOf("alternatives", { alternatives: 2 }, 0, undefined);
    expect(text).toContain("Answers that are the machine’s");
    expect(text).toMatch(/Answers that are the machine’s [\d.]+% [\d.]+% – [\d.]+%, \d+ votes 95% interval for other voters/);
    expect(text).toMatch(/Share of votes that agree: for other voters and other images \(two-way clusters of voters and images\)/);
    expect(text).toMatch(/\d+ \/ 12 [\d.]+% – [\d.]+% 95% interval for other voters and these images \(Wilson\)/);
  });
});
