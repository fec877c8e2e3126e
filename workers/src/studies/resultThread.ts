/**
 * Computes the results of studies in a thread: a large study takes seconds, during which the worker must renew its leases. The columns of
 * each study's votes stay here from one computation to the next.
 */
import { parentPort } from "node:worker_threads";
import { recognitionOf } from "@pareidolia/perception/study/recognition";
import { StudyCollector } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { FromResultThread, ToResultThread } from "./resultMessages.ts";

if (parentPort === null) throw new Error("This file runs only as a worker thread.");
const port = parentPort;
const collectors = new Map<string, StudyCollector>();
/** The last results of each study, until a voter changes: a release needs them again. */
const computed = new Map<string, { readonly others: string; readonly computed: Computed }>();
/** The first error since the study's plan arrived: nothing is computed from a part of the votes. */
const failures = new Map<string, string>();

type Computed = Pick<Extract<FromResultThread, { kind: "computed" }>, "results" | "recognition">;

function handle(message: Exclude<ToResultThread, { kind: "compute" }>): void {
  if (message.kind !== "voters" || message.voters.length > 0 || message.removed.length > 0) computed.delete(message.studyId);
  if (message.kind === "plan") {
    failures.delete(message.studyId);
    collectors.set(message.studyId, new StudyCollector(parseStudyPlan(JSON.parse(message.planText))));
  } else if (message.kind === "voters") {
    const collector = collectors.get(message.studyId);
    for (const { voter, votes } of message.voters) collector?.setVoter(voter, votes);
    for (const number of message.removed) collector?.removeVoter(number);
  } else {
    collectors.delete(message.studyId);
    failures.delete(message.studyId);
  }
}

function compute({ id, studyId, others }: Extract<ToResultThread, { kind: "compute" }>): FromResultThread {
  const failure = failures.get(studyId);
  if (failure !== undefined) return { kind: "failed", id, message: failure };
  try {
    const key = JSON.stringify(others);
    const known = computed.get(studyId);
    if (known?.others === key) return { kind: "computed", id, ...known.computed };
    const evidence = (collectors.get(studyId) as StudyCollector).evidence(others.images, others.coded);
    const results = resultKindIds.map((kind) => ({ kind, text: JSON.stringify(computeResult(kind, evidence)) }));
    const own = { results, recognition: recognitionOf(evidence) };
    computed.set(studyId, { others: key, computed: own });
    return { kind: "computed", id, ...own };
  } catch (error) {
    return { kind: "failed", id, message: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

port.on("message", (message: ToResultThread) => {
  if (message.kind === "compute") {
    port.postMessage(compute(message));
    return;
  }
  try {
    handle(message);
  } catch (error) {
    failures.set(message.studyId, reasonOf(error));
  }
});
