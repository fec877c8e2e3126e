/** The head of the results counts the chosen question alone, as an independent count of the rows of votes does. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { ResultsHead } from "../../../../apps/web/src/features/studyResults/ResultsHead.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

vi.mock("next/navigation", async (original) => ({ ...(await original<object>()), useSearchParams: () => new URLSearchParams() }));

const isCantTell = (answer: unknown): boolean => typeof answer === "object" && answer !== null && "cantTell" in answer;

it.each([3, 1])("counts each question's votes, voters and %s answers that are no votes", (cantTells) => {
  const timing = resolveParameters(timingSpecs, {});
  const phases = [
    { protocol: resolveProtocol("yesNo", {}), timing },
    { protocol: resolveProtocol("alternatives", { alternatives: 2, cantTell: "missing" }), timing },
  ];
  const design = { ...studyDesign(10, { phases }), perVoter: { counted: 10, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 6,
    sessionShare: ({ number }) => (number === 5 ? 0 : number === 2 ? 0.4 : 1),
    answer: ({ phase, item }, voter) => (phase === 1 && voter === 1 && item < cantTells ? { cantTell: true } : { choice: item % 2 }),
  });
  const plan = readPlan(serialiseStudyPlan(study.plan));
  const { counts } = computeResult("voters", collectStudy(study));
  const phaseOf = new Map(
    study.voters.flatMap((voter) => trialsOf(study.plan, voter).map((trial) => [`${voter.number} ${trial.number}`, trial] as const)),
  );
  for (const question of [0, 1]) {
    const head = createElement(ResultsHead, {
      study: { key: "STU-1", title: "Two questions", openedAt: null } as never,
      tab: "plane" as const,
      plan,
      question,
      counts,
      side: "everyone" as const,
      chance: null,
    });
    const text = renderToStaticMarkup(head)
      .replace(/<!-- -->/g, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    const rows = study.votes.flatMap((vote) => {
      const trial = phaseOf.get(`${vote.voter} ${vote.trial}`);
      return trial?.phase === question && trial.role === "counted" && vote.answer !== null ? [{ ...vote, item: trial.item }] : [];
    });
    const counted = rows.filter(({ answer }) => !isCantTell(answer));
    const size = (values: readonly unknown[]): number => new Set(values).size;
    expect(text).toContain(
      `${counted.length} votes count, by ${size(counted.map(({ voter }) => voter))} of 6 voters, on ${size(counted.map(({ item }) => item))} images`,
    );
    const missing = rows.length - counted.length;
    expect(missing).toBe(question === 1 ? cantTells : 0);
    if (missing === 0) expect(text).not.toContain("can’t tell");
    else expect(text).toContain(`; ${missing} more ${missing === 1 ? "answer is" : "answers are"} “can’t tell”`);
  }
});
