/**
 * Checks opened studies: the plan against its hash, images against the plan, each vote against the trial that it answers, and stored results
 * against the votes. Answers follow from nothing, but a changed answer no longer gives the stored results.
 */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { agreesWithLabel } from "@pareidolia/perception/protocols/registry";
import { answeredSession, trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { readTiming } from "@pareidolia/perception/study/results/studyData";
import { parseStudyPlan, type StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { RecognitionOfImages } from "@pareidolia/persistence/lab/recognition/writeRecognition";
import { findScoresByModel } from "@pareidolia/persistence/lab/scores/readScores";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findStoredVotes, listOpenedStudies, type OpenedStudyKey } from "@pareidolia/persistence/studies/studies/listOpened";
import { findVoterStates, findVotersWithVotes, type VoterWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import { findStudyImages, type StudyImageRecord } from "@pareidolia/persistence/studies/studies/studyImages";
import { findResultSource, findStudyResults, type ResultSource } from "@pareidolia/persistence/studies/studies/studyResults";
import { plannedImages } from "@pareidolia/release/tables/imageTable";
import { compareDocuments } from "@pareidolia/release/verify/compareDocuments";
import type { StudyComputer } from "../studies/studyComputer.ts";

const votersAtOnce = 100;
/** Scores of an image by one network differ in their last bits. */
const scoreTolerance = 1e-4;

export interface StudyCheck {
  readonly connection: Connection;
  readonly computer: Pick<StudyComputer, "compute">;
  /** Takes each finding as a sentence. */
  readonly print: (sentence: string) => void;
}

/** @returns the number of studies. */
export async function checkStudies(check: StudyCheck): Promise<number> {
  const studies = await listOpenedStudies(check.connection);
  for (const study of studies) {
    const source = await findResultSource(check.connection, study.id);
    if (source === null) continue;
    const hash = createHash("sha256").update(source.planText).digest("hex");
    differ(check, "studies.plan_hash", study.key, [source.planHash, hash]);
    try {
      const plan = parseStudyPlan(JSON.parse(source.planText));
      differ(check, "studies.seed", study.key, [study.seed, plan.seed]);
      await checkImages(study, plan, check);
      await checkVotes(study, plan, check);
      await checkResults(study, source, check);
    } catch (error) {
      if (!(error instanceof AppError || error instanceof SyntaxError)) throw error;
      check.print(`votes.answer or studies.plan_text of ${study.key} is damaged: ${error.message}`);
    }
  }
  return studies.length;
}

function differ({ print }: StudyCheck, column: string, place: string, [stored, computed]: readonly [unknown, unknown]): void {
  const [there, here] = [JSON.stringify(stored), JSON.stringify(computed)];
  if (there !== here) print(`${column} of ${place} is ${there}; computed again, it is ${here}.`);
}

const storedRoles: { readonly [Role in Trial["role"] | "exemplar"]: StudyImageRole } = {
  counted: "COUNTED",
  gold: "GOLD",
  noise: "NOISE",
  canary: "CANARY",
  repeat: "COUNTED",
  exemplar: "EXEMPLAR",
};

async function checkImages({ id, key }: OpenedStudyKey, plan: StudyPlan, check: StudyCheck): Promise<void> {
  const stored = new Map((await findStudyImages(check.connection, id)).map((image) => [`${image.role} ${image.index}`, image]));
  for (const { role, index, sha256, label, truth } of plannedImages(plan)) {
    const image = stored.get(`${storedRoles[role]} ${index}`);
    const place = `image ${index} (${role}) of ${key}`;
    if (image === undefined) {
      check.print(`study_images.image_sha256 of ${place} is of no image; the plan has this image.`);
      continue;
    }
    differ(check, "study_images.image_sha256", place, [image.imageSha256, sha256]);
    if (role === "counted" || role === "gold" || role === "canary") {
      const { runnersUp, foils, condition, group } = {
        counted: plan.rules.design.stimuli,
        gold: plan.rules.design.gold,
        canary: plan.rules.design.canaries,
      }[role][index] as StudyPlan["rules"]["design"]["stimuli"][number];
      differ(check, "study_images.truth", place, [image.truth, truth]);
      differ(check, "study_images.runners_up", place, [image.runnersUp, runnersUp]);
      differ(check, "study_images.foils", place, [image.foils, foils]);
      differ(check, "study_images.condition", place, [image.condition, condition]);
      differ(check, "study_images.group", place, [image.group, group]);
    }
    if (label !== null) differ(check, "study_images.label", place, [image.label, label]);
    await checkConfidence(image, place, check);
  }
}

/** The confidence that the network of the label gives the image, if its score is stored. */
async function checkConfidence(
  { modelId, imageSha256, label, confidence }: StudyImageRecord,
  place: string,
  check: StudyCheck,
): Promise<void> {
  if (modelId === null || confidence === null) return;
  const [score] = await findScoresByModel(check.connection, { modelId, hashes: [imageSha256] });
  const computed = score?.probabilities[label];
  if (computed !== undefined && !(Math.abs(confidence - computed) <= scoreTolerance))
    check.print(`study_images.confidence of ${place} is ${confidence}; the stored score is ${computed}.`);
}

async function checkVotes({ id: studyId, key }: OpenedStudyKey, plan: StudyPlan, check: StudyCheck): Promise<void> {
  const { connection } = check;
  const voters = await findVoterStates(connection, studyId);
  for (let from = 0; from < voters.length; from += votersAtOnce) {
    const numbers = voters.slice(from, from + votersAtOnce).map(({ number }) => number);
    const stored = new Map((await findStoredVotes(connection, { studyId, numbers })).map((vote) => [`${vote.voter} ${vote.trial}`, vote]));
    for (const voter of await findVotersWithVotes(connection, { studyId, numbers })) {
      for (const { vote, trial, answer } of answeredSession(plan, sessionOf(voter), votesOf(voter))) {
        const row = stored.get(`${voter.number} ${vote.trial}`);
        const { protocol } = plan.rules.design.phases[trial.phase] as StudyPlan["rules"]["design"]["phases"][number];
        const place = `trial ${vote.trial} of voter ${voter.number} of ${key}`;
        differ(check, "votes.role", place, [row?.role ?? null, storedRoles[trial.role]]);
        differ(check, "votes.item", place, [row?.item ?? null, trial.item]);
        differ(check, "votes.repeated", place, [row?.repeated ?? null, trial.role === "repeat"]);
        differ(check, "votes.agrees", place, [row?.agrees ?? null, answer === null ? null : agreesWithLabel(protocol, trial, answer)]);
      }
    }
    await checkTrialCounts(studyId, { key, plan, numbers }, check);
  }
}

async function checkTrialCounts(
  studyId: string,
  { key, plan, numbers }: { readonly key: string; readonly plan: StudyPlan; readonly numbers: readonly number[] },
  check: StudyCheck,
): Promise<void> {
  const rows = await check.connection.studyVoter.findMany({
    where: { studyId, number: { in: [...numbers] } },
    select: { number: true, items: true, trialCount: true },
  });
  for (const { number, items, trialCount } of rows) {
    const trials = trialsOf(plan, { number, items, finished: false, insider: false, still: false });
    differ(check, "study_voters.trial_count", `voter ${number} of ${key}`, [trialCount, trials.length]);
  }
}

function sessionOf({ number, items, finished, insider, still }: VoterWithVotes) {
  return { number, items, finished, insider, still };
}

function votesOf({ number, votes }: VoterWithVotes) {
  return votes.map(({ timing, ...vote }) => ({ voter: number, ...vote, timing: readTiming(timing) }));
}

/** Results of other votes, or of an earlier version of the statistics, are computed again by workers, and not compared. */
async function checkResults({ id: studyId, key }: OpenedStudyKey, source: ResultSource, check: StudyCheck): Promise<void> {
  const { results, recognition } = await check.computer.compute(check.connection, source);
  const computed = new Map(results.map(({ kind, text }) => [kind, JSON.parse(text) as unknown]));
  await checkRecognition(studyId, { key, source, recognition }, check);
  const stored = await findStudyResults(check.connection, { studyId, kinds: [...computed.keys()] });
  for (const { kind, voteCount, result } of stored) {
    if (voteCount !== source.voteCount || source.rescored.length > 0 || versionOf(result) !== versionOf(computed.get(kind))) continue;
    const { difference } = compareDocuments(result, computed.get(kind));
    if (difference !== null)
      check.print(
        `study_results.result or votes.answer of ${kind} of ${key}: ${difference.replace("published", "stored").replace("recomputed", "computed again")}.`,
      );
  }
}

interface RecognitionToCheck {
  readonly key: string;
  readonly source: ResultSource;
  readonly recognition: RecognitionOfImages;
}

/** The votes of each image that pages outside the study show, which are stored with the results. */
async function checkRecognition(studyId: string, { key, source, recognition }: RecognitionToCheck, check: StudyCheck): Promise<void> {
  const [stored] = await findStudyResults(check.connection, { studyId, kinds: ["plane"] });
  if (stored?.voteCount !== source.voteCount || source.rescored.length > 0) return;
  const images = await check.connection.studyImage.findMany({ where: { studyId, role: "COUNTED" }, orderBy: { index: "asc" } });
  const [agreeing, others] = [true, false].map((side) => {
    const voters = images.map((): number[] => []);
    for (const [vote, image] of recognition.image.entries())
      if (recognition.agrees[vote] === side) voters[image]?.push(recognition.voter[vote] as number);
    return voters.map((own) => own.sort((one, other) => one - other));
  }) as [number[][], number[][]];
  for (const [index, image] of images.entries()) {
    const [own, rest] = [agreeing[index] as number[], others[index] as number[]];
    const place = `image ${index} of ${key}`;
    differ(check, "study_images.recognition_votes", place, [image.recognitionVotes, own.length + rest.length]);
    differ(check, "study_images.recognition_agreeing", place, [image.recognitionAgreeing, own.length]);
    const alternatives = own.length + rest.length === 0 ? null : recognition.alternatives;
    differ(check, "study_images.recognition_alternatives", place, [image.recognitionAlternatives, alternatives]);
    differ(check, "study_images.agreeing_voters", place, [image.agreeingVoters.join(" "), own.join(" ")]);
    differ(check, "study_images.other_voters", place, [image.otherVoters.join(" "), rest.join(" ")]);
  }
}

function versionOf(result: unknown): unknown {
  return (result as { readonly version?: unknown } | undefined)?.version;
}
