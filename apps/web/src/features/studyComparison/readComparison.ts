/** The answer of the API as the comparison's sections read it: plans, dots and figures of each study on one side. */

import { type StudyComparison, studyComparisonShape } from "@pareidolia/perception/study/compareStudies";
import type { StudyComparisonQuery } from "../../graphql/generated/graphql.ts";
import { type AgreementWords, wordsOfAll } from "../studyResults/agreementWords.ts";
import { computedPoints, type PlanePoints } from "../studyResults/planePoints.ts";
import { type PlanOfResults, readPlan } from "../studyResults/planOfResults.ts";
import { type Figure, type FigureOrReason, readResults } from "../studyResults/readResults.ts";

type Answer = StudyComparisonQuery["studyComparison"];

export interface ComparedStudy {
  readonly key: string;
  readonly title: string;
  readonly plan: PlanOfResults;
  /** Of the first question; null with the reason in `share` without votes. */
  readonly points: PlanePoints | null;
  readonly share: FigureOrReason;
  readonly votes: number;
  readonly voters: number;
  readonly allVoters: number;
  readonly images: number;
  /** Number of images with votes whose exact interval lies above chance. */
  readonly above: FigureOrReason;
  readonly chance: number | null;
  /** Votes that arrived after the computation. */
  readonly since: number;
}

export interface Comparison {
  readonly studies: readonly ComparedStudy[];
  readonly pairs: StudyComparison["planned"]["pairs"];
}

const noResult = { defined: false, reason: "It has no votes yet, or its results are being computed." } as const;
const ofFigure = (figure: Figure): FigureOrReason => ({ defined: true, ...figure });

/** @throws AppError CORRUPT_DATA for a plan or comparison of another version. */
export function readComparison({ studies, comparison }: Answer, side: "planned" | "everyone"): Comparison {
  return {
    studies: studies.map((study) => readStudy(study, side)),
    pairs: studyComparisonShape(comparison, "comparison")[side].pairs,
  };
}

function readStudy({ key, title, planText, results, voteCount }: Answer["studies"][number], side: "planned" | "everyone"): ComparedStudy {
  const plan = readPlan(planText ?? "null");
  const read = readResults(results);
  const { plane, summary } = read?.results ?? {};
  const shares = plane?.[side].phases[0]?.shares;
  const total = summary?.[side].phases[0]?.total;
  const images = summary?.[side].phases[0]?.images;
  const counts = (summary ?? plane)?.counts;
  return {
    key,
    title,
    plan,
    points: plane !== undefined && shares?.defined ? computedPoints(plane, shares) : null,
    share: total === undefined ? noResult : total.defined ? total.agreement : total,
    above: images === undefined ? noResult : images.defined ? ofFigure(images.intervalAbove) : images,
    votes: summary?.[side].phases[0]?.votes ?? 0,
    voters: counts?.[side].phases[0]?.voted ?? 0,
    allVoters: counts?.everyone.voters ?? 0,
    images: plan.plan.rules.design.stimuli.length,
    chance: summary?.[side].phases[0]?.chance ?? null,
    since: read === null || read.voteCount < 0 ? 0 : voteCount - read.voteCount,
  };
}

/** What agreement is called in figures of all studies, whose first questions may differ. */
export function wordsOfStudies(studies: readonly Pick<ComparedStudy, "plan">[]): AgreementWords {
  return wordsOfAll(studies.flatMap(({ plan }) => plan.plan.rules.design.phases.slice(0, 1)));
}

/** The query of the comparison, for researchers who copy it. */
export function comparisonQuery(keys: readonly string[]): string {
  return `query {\n  studyComparison(studyIds: ${JSON.stringify(keys)}) {\n    comparison\n    studies { key planHash results(kinds: [PLANE, SUMMARY]) { kind voteCount result } }\n  }\n}`;
}

export function plansQuery(keys: readonly string[]): string {
  return `query {\n  studyComparison(studyIds: ${JSON.stringify(keys)}) { studies { key planHash planText } }\n}`;
}
