/**
 * Computes the results of studies in a thread: a large study takes seconds, during which the worker must renew its leases. The columns of
 * each study's votes stay here from one computation to the next.
 */
import { parentPort } from "node:worker_threads";
import { StudyCollector } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { FromResultThread, ToResultThread } from "./resultMessages.ts";

if (parentPort === null) throw new Error("This file runs only as a worker thread.");
const port = parentPort;
const collectors = new Map<string, StudyCollector>();
/** The last results of each study, until a voter changes: a release needs them again. */
const computed = new Map<string, { readonly images: string; readonly results: ComputedTexts }>();
/** The first error since the study's plan arrived: nothing is computed from a part of the votes. */
const failures = new Map<string, string>();

type ComputedTexts = Extract<FromResultThread, { kind: "computed" }>["results"];

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

function compute({ id, studyId, images }: Extract<ToResultThread, { kind: "compute" }>): FromResultThread {
  const failure = failures.get(studyId);
  if (failure !== undefined) return { kind: "failed", id, message: failure };
  try {
    const key = JSON.stringify(images);
    const known = computed.get(studyId);
    if (known?.images === key) return { kind: "computed", id, results: known.results };
    const evidence = (collectors.get(studyId) as StudyCollector).evidence(images);
    const results = resultKindIds.map((kind) => ({ kind, text: JSON.stringify(computeResult(kind, evidence)) }));
    computed.set(studyId, { images: key, results });
    return { kind: "computed", id, results };
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
