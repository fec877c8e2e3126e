/** The table of voters on the page against the stored rows: time-outs, checks that cannot be judged, and gold that contradicts the skill. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyData } from "@pareidolia/perception/study/results/studyData";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { readPlan } from "../../../../apps/web/src/features/studyResults/planOfResults.ts";
import { VoterTable } from "../../../../apps/web/src/features/studyResults/VoterTable.tsx";
import { voterRow, voterRowColumns } from "../../../../apps/web/src/features/studyResults/voterRows.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { type SimulationOptions, simulatedStudy } from "../../../support/studyVotes.ts";

interface Described extends SimulationOptions {
  readonly images?: number;
  readonly gold?: number;
  readonly noise?: number;
}

function studyOf(kind: ProtocolKindId, { images = 24, gold = 0, noise = 0, ...simulation }: Described) {
  const values = kind === "alternatives" ? { alternatives: 2 } : {};
  const phases = [{ protocol: resolveProtocol(kind, values), timing: resolveParameters(timingSpecs, {}) }];
  const design = { ...studyDesign(images, { phases }), perVoter: { counted: images, gold, noise, canaries: 0 } };
  return simulatedStudy(studyPlan(withImageHashes(design)), { sessionShare: () => 1, ...simulation });
}

/** Cells of the table's rows by voter, in the order of the heads, and the rows of the file. */
function tableOf(study: StudyData, detail: "short" | "full" = "full") {
  const plan = readPlan(serialiseStudyPlan(study.plan));
  const { voters, skillWarnings } = computeResult("voters", collectStudy(study)).everyone;
  const html = renderToStaticMarkup(createElement(VoterTable, { voters, question: 0, plan, warnings: skillWarnings[0] ?? [], detail }));
  const text = (cell: string): string => cell.replace(/<[^>]*>/g, "").trim();
  const cells = (part: string): string[] => [...part.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => text(cell ?? ""));
  const [heads, ...rows] = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) => cells(row ?? ""));
  const column = (name: string): string[] => rows.map((row) => row[(heads as string[]).indexOf(name)] as string);
  const inFile = (name: (typeof voterRowColumns)[number]) =>
    voters.map((voter) => voterRow(voter, 0, plan, skillWarnings[0] ?? [])[voterRowColumns.indexOf(name)]);
  return { column, inFile };
}

describe("the table of voters", () => {
  it("counts time-outs in a column of their own, not among skipped trials", () => {
    const study = studyOf("alternatives", {
      voters: 3,
      images: 12,
      answer: ({ item }, voter) => (item < 2 + voter ? null : { choice: item % 2 }),
    });
    // Of the trials without an answer, those at even places were ended by the clock.
    const votes = study.votes.map((vote) => ({ ...vote, timedOut: vote.answer === null && vote.trial % 2 === 0 }));
    const ended = [0, 1, 2].map((voter) => votes.filter((vote) => vote.voter === voter && vote.timedOut).length);
    const skipped = [0, 1, 2].map((voter) => 2 + voter - (ended[voter] as number));
    expect(ended.some((count) => count > 0)).toBe(true);
    const { column, inFile } = tableOf({ ...study, votes });
    expect(column("Timed out")).toEqual(ended.map(String));
    expect(column("Skipped")).toEqual(skipped.map(String));
    expect(inFile("timed out")).toEqual(ended);
    expect(inFile("skipped")).toEqual(skipped);
    expect(tableOf({ ...study, votes }, "short").column("Timed out")).toEqual(ended.map(String));
  });

  it("shows a skill without interval beside the reason", () => {
    const { column, inFile } = tableOf(
      studyOf("yesNo", {
        voters: 6,
        images: 12,
        answer: ({ item }, voter, random) => ({ choice: random.chance(0.8) === item % 2 > 0 ? 0 : 1 }),
      }),
    );
    const estimates = inFile("skill estimate") as number[];
    expect(column("Skill")).toEqual(
      estimates.map(
        (value) => `${value.toFixed(2).replace(/^0/, "")} A 95% interval of a skill needs at least 5 voters, and 20 answers of the voter.`,
      ),
    );
    expect(inFile("skill low")).toEqual(Array(6).fill(null));
  });

  it("shows noise that no answer can pass as not judged, and noise of yes or no as passed or failed", () => {
    const choose: SimulationOptions["answer"] = (_trial, voter) => ({ choice: voter % 2 });
    const labels = tableOf(studyOf("alternatives", { voters: 4, noise: 3, answer: choose }));
    expect(labels.column("Noise")).toEqual(Array(4).fill("3 not judged"));
    expect(labels.inFile("noise not judged")).toEqual([3, 3, 3, 3]);
    expect(tableOf(studyOf("yesNo", { voters: 4, noise: 3, answer: choose })).column("Noise")).toEqual([
      "0 / 3",
      "3 / 3",
      "0 / 3",
      "3 / 3",
    ]);
  });

  it.each([
    { voters: 10, images: 40, gold: 6 },
    { voters: 4, images: 12, gold: 3 },
  ])("says beside a skill that gold contradicts it, of $voters voters and $images images", ({ voters, images, gold }) => {
    const study = studyOf("alternatives", {
      voters,
      images,
      gold,
      answer: ({ role, target, item }, voter) => {
        const right = role === "gold" ? voter !== 2 : (item + voter) % 7 !== 0;
        return { choice: right ? (target ?? 0) : 1 - (target ?? 0) };
      },
    });
    const { column, inFile } = tableOf(study);
    expect(column("Gold")[2]).toBe(`0 / ${gold}`);
    expect(column("Skill").map((cell) => cell.includes("Gold contradicts it."))).toEqual(
      Array.from({ length: voters }, (_, voter) => voter === 2),
    );
    expect(column("Skill")[2]).toContain(`0 of ${gold} gold photographs were answered right`);
    expect(inFile("gold contradicts skill").filter((text) => text !== "")).toHaveLength(1);
  });
});
