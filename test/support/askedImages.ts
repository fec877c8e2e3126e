/** Studies that ask about stored images with their labels, complete ballots on them, and their results: for tests of what people say. */
import { randomUUID } from "node:crypto";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { Queue } from "@pareidolia/jobs/queue";
import { agreesWithLabel, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import type { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { computeStudyResults } from "@pareidolia/workers/tasks/computeStudyResults.task";
import type { MutationApi } from "./mutationApi.ts";
import { type OpenedStudy, writeOpenedStudy } from "./openedStudy.ts";
import { studyDesign } from "./studyDesigns.ts";

const protocolOf = (alternatives: number) => resolveProtocol("alternatives", { alternatives, cantTell: "missing", foils: "random" });

export interface AskedImage {
  readonly label: number;
  readonly sha256: string;
}

/** An open study that asks about these images with their labels, classes 0 to 4 of the network, among so many of them. */
export async function openStudyOf(api: MutationApi, asked: readonly AskedImage[], alternatives = 3): Promise<OpenedStudy> {
  const phases = [{ protocol: protocolOf(alternatives), timing: resolveParameters(timingSpecs, {}) }];
  const model = await api.database.connection.model.findFirstOrThrow({ where: { slug: "linear" } });
  const design = studyDesign(
    asked.length,
    { phases, perVoter: { counted: asked.length, gold: 0, noise: 0, canaries: 0 } },
    {
      stimuli: asked.map(({ sha256, label }) => plainStimulus(sha256, label)),
      labels: [0, 1, 2, 3, 4],
      gold: [],
      noise: [],
      canaries: [],
      exemplars: [],
    },
  );
  return writeOpenedStudy(api, { design, modelId: model.id, plan: { labelNames: { en: ["zero", "one", "two", "three", "four"] } } });
}

export interface Ballot {
  readonly userId?: string;
  readonly insider?: boolean;
  /** For each image: whether the voter names its label, "can't tell" for null, or skips it. */
  readonly answers: readonly (boolean | null | "skip")[];
}

/** Answers all trials of a new voter, who then has finished. Returns the voter's ID. */
export async function castBallot(api: MutationApi, study: OpenedStudy, { userId, insider = false, answers }: Ballot): Promise<string> {
  const items = answers.map((_, item) => item);
  const { voter } = await api.database.transaction((transaction) =>
    joinStudy(transaction, {
      studyId: study.study.id,
      userId: userId ?? null,
      insider,
      sessionHash: randomUUID(),
      withdrawalHashes: [randomUUID()],
      consentVersion: 1,
      language: "en",
      clientHash: null,
      screen: null,
      idempotencyKey: null,
      maxAnonymous: 1_000,
      still: false,
      stillLeftOut: false,
      countsJudged: false,
      assign: () => ({ items, trialCount: items.length }),
    }),
  );
  const { protocol } = study.plan.rules.design.phases[0] as StudyPlan["rules"]["design"]["phases"][number];
  for (const trial of trialsOf(study.plan, { number: voter.number, items, finished: false, insider, still: false })) {
    const wanted = answers[trial.item];
    const target = trial.target ?? 0;
    const answer =
      wanted === "skip"
        ? null
        : wanted === null
          ? ({ cantTell: true } as const)
          : { choice: wanted ? target : (target + 1) % trial.options.length };
    await castVote(api.database.connection, {
      voterId: voter.id,
      trial: trial.number,
      role: "COUNTED",
      item: trial.item,
      repeated: false,
      submissionId: randomUUID(),
      answer,
      timedOut: false,
      agrees: answer === null ? null : agreesWithLabel(protocol, trial, answer),
      responseMs: 900,
      timing: null,
      votedAt: new Date(),
    });
  }
  await api.database.connection.studyVoter.update({ where: { id: voter.id }, data: { finishedAt: new Date() } });
  return voter.id;
}

const log = { info: () => {}, warn: () => {}, error: () => {} };

export function computeResults(
  { database }: MutationApi,
  studyId: string,
  { queue, computer }: { readonly queue: Queue; readonly computer: StudyComputer },
): Promise<void> {
  return computeStudyResults({ studyId }, { database, queue, computer, stop: new AbortController().signal, log });
}
