/**
 * Verifies a release from its files alone: hashes, plan, images, trials, and every published number, recomputed from trials.csv. Files may
 * come from anyone; what is wrong with them is reported, never thrown.
 */
import { createHash } from "node:crypto";
import { type ArchiveFile, type ArchiveFiles, readText, unreadable } from "@pareidolia/archive/archiveFiles";
import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { AppError } from "@pareidolia/core/appError";
import { textOfCell } from "@pareidolia/core/csv";
import { recomputeResult } from "@pareidolia/perception/study/earlierResults";
import type { Evidence } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan, type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import { checkDesign } from "@pareidolia/perception/trials/design";
import { fileNames, keyIn, optionalFiles } from "../layout.ts";
import { plannedImages, type ReleasedImage } from "../tables/imageTable.ts";
import { readCodes } from "../tables/readCodes.ts";
import { readImages, readVoters } from "../tables/readTables.ts";
import { studyOf } from "../tables/studyOf.ts";
import { trialFormats } from "../tables/trialFormats.ts";
import { checkConsents } from "../tables/voterTable.ts";
import { compareDocuments } from "./compareDocuments.ts";
import { CheckList, type Verification } from "./verification.ts";
import { type FindNetwork, verifyConfidences } from "./verifyConfidences.ts";
import { type DecodeImage, verifyHashes, verifyImages, verifyNames } from "./verifyFiles.ts";
import { maxJsonSize, readJson, verifyMetadata } from "./verifyMetadata.ts";
import { collectTrials, readColumns, readVoterVotes, type TrialFile, verifyBytes, verifyRows } from "./verifyTrials.ts";

export interface VerifyOptions {
  readonly decodeImage: DecodeImage;
  /** Finds the networks that the release names. Default: none is at hand. */
  readonly findNetwork?: FindNetwork;
  /** Called before each check with what it checks. */
  readonly onProgress?: (what: string) => void;
}

const what = {
  files: "No file is missing or extra",
  hashes: "Every file has the SHA-256 of the manifest",
  plan: "The plan is canonical and can be read",
  imageFiles: "Every image decodes",
  images: "The images are those of the plan",
  genomes: "The genomes are those of the images",
  confidences: "Confidences and labels are those of the networks at hand",
  codes: "The codes of texts can be read",
  voters: "Every voter has accepted the plan's consent",
  trials: "Trials follow from plan, voters and answers",
  trialsJsonLines: "trials.jsonl has the rows of trials.csv",
  trialsParquet: "trials.parquet has the rows of trials.csv",
  metadata: "Hashes in the metadata are those of the files",
} as const;

/** Nothing in a release says that it is the one that its authors made. */
const votesNotChecked =
  "Whether the votes are those that people cast: a person who has a release can change votes and compute its numbers again. Compare the SHA-256 of the archive with one from a source that you trust.";
const genomesNotChecked = "Whether the genomes give their images: a release does not contain the parameters of their encodings.";
const noNetworks: FindNetwork = async () => ({ reason: "networks are not at hand" });

export async function verifyRelease(
  release: ArchiveFiles,
  { decodeImage, findNetwork = noNetworks, onProgress }: VerifyOptions,
): Promise<Verification> {
  const list = new CheckList();
  const check = <T>(id: keyof typeof what, run: () => Promise<{ readonly cases: number; readonly found: T }>): Promise<T | null> => {
    onProgress?.(what[id]);
    return list.check(id, what[id], run);
  };
  const skip = (id: keyof typeof what, needs: string): null => {
    list.skip(id, what[id], needs);
    return null;
  };
  const file = (name: string): ArchiveFile => {
    const found = release.files.get(name);
    if (found === undefined) throw unreadable(`it has no ${name}`);
    return found;
  };

  const hashes = await check("files", async () => {
    const found = await verifyNames(release);
    return { cases: release.files.size, found };
  });
  if (hashes === null) skip("hashes", "the manifest and its files");
  else await check("hashes", async () => ({ cases: await verifyHashes(release, hashes), found: true }));
  const plan = await check("plan", async () => ({ cases: 1, found: await readPlan(file(fileNames.plan)) }));
  const decoded = await check("imageFiles", async () => {
    const found = await verifyImages(release, decodeImage);
    return { cases: found.size, found };
  });
  const images =
    plan === null || decoded === null
      ? skip("images", "the plan and the images")
      : await check("images", async () => {
          const found = await imagesOf(file(fileNames.images), plan.plan, decoded);
          return { cases: found.length, found };
        });
  if (images === null) skip("genomes", "the table of images");
  else await check("genomes", async () => ({ cases: verifyGenomes(release, images), found: true }));
  const notChecked = [votesNotChecked];
  if (images?.some(({ genome }) => genome !== null) === true) notChecked.push(genomesNotChecked);
  if (plan !== null && images !== null) {
    const planned = plannedImages(plan.plan);
    onProgress?.(what.confidences);
    const { checks } = list;
    const scored = await list.check("confidences", what.confidences, async () => {
      const found = await verifyConfidences(release, images, { planned, findNetwork });
      return { cases: found.cases, found };
    });
    // Without a network at hand, nothing was checked.
    if (scored?.cases === 0) checks.pop();
    notChecked.push(...(scored?.notChecked ?? []));
  }
  const voters = await check("voters", async () => {
    const found = await readVoters(file(fileNames.voters));
    if (plan !== null) checkConsents(plan.plan, found);
    return { cases: found.length, found };
  });
  const coded =
    plan === null || !release.files.has(optionalFiles.codes)
      ? []
      : await check("codes", async () => {
          const found = await readCodes(file(optionalFiles.codes), plan.plan);
          return { cases: found.length, found };
        });
  const trials: TrialFile | null =
    plan === null || images === null || voters === null || coded === null || !release.files.has(fileNames.trialsCsv)
      ? null
      : {
          file: file(fileNames.trialsCsv),
          study: studyOf({ ...plan, study: await studyName(file(fileNames.trialsCsv)) }, images),
          coded,
          voters,
        };
  const evidence = trials === null ? null : await verifyTrials(trials, file, check);
  const needed = coded === null ? "plan, images, voters and codes" : "plan, images and voters";
  if (trials === null) for (const id of ["trials", "trialsJsonLines", "trialsParquet"] as const) skip(id, needed);
  await verifyResults(list, release, evidence, onProgress);
  if (hashes === null || plan === null) skip("metadata", "the manifest and the plan");
  else await check("metadata", async () => ({ cases: await verifyMetadata(release, hashes, plan.planHash), found: true }));
  return { holds: list.checks.every(({ holds }) => holds), planHash: plan?.planHash ?? null, checks: list.checks, notChecked };
}

async function readPlan(file: ArchiveFile): Promise<{ readonly plan: StudyPlan; readonly planHash: string }> {
  const text = await readText(file, maxJsonSize);
  const plan = parseStudyPlan(await readJson(file));
  if (serialiseStudyPlan(plan) !== text)
    throw new AppError("CORRUPT_DATA", `${file.name} is not canonical JSON, so its hash is not that of the plan.`);
  checkDesign(plan.rules.design);
  return { plan, planHash: createHash("sha256").update(text).digest("hex") };
}

async function imagesOf(file: ArchiveFile, plan: StudyPlan, decoded: ReadonlySet<string>): Promise<readonly ReleasedImage[]> {
  const planned = plannedImages(plan);
  const used = new Set(planned.map(({ sha256 }) => sha256));
  const missing = [...used].find((hash) => !decoded.has(hash));
  if (missing !== undefined) throw new AppError("CORRUPT_DATA", `Image ${missing} of the plan is missing.`);
  const extra = [...decoded].find((hash) => !used.has(hash));
  if (extra !== undefined) throw new AppError("CORRUPT_DATA", `Image ${extra} is not in the plan.`);
  return readImages(file, plan, planned);
}

function verifyGenomes({ files }: ArchiveFiles, images: readonly ReleasedImage[]): number {
  const used = new Set(images.flatMap(({ genome }) => (genome === null ? [] : [genome])));
  const present = new Set([...files.keys()].flatMap((name) => keyIn("genome", name) ?? []));
  const missing = [...used].find((hash) => !present.has(hash));
  if (missing !== undefined) throw new AppError("CORRUPT_DATA", `Genome ${missing} is missing.`);
  const extra = [...present].find((hash) => !used.has(hash));
  if (extra !== undefined) throw new AppError("CORRUPT_DATA", `Genome ${extra} belongs to no image.`);
  return used.size;
}

/** Each row of trials.csv repeats the study's name; a release without votes has none. */
async function studyName(file: ArchiveFile): Promise<string> {
  let rows = 0;
  try {
    for await (const cells of readCsv(file.read(), file.name)) if (++rows === 2) return textOfCell(cells[0] ?? "");
  } catch {
    // The check of the trials reports what is wrong.
  }
  return "";
}

type CheckTrials = <T>(
  id: "trials" | "trialsJsonLines" | "trialsParquet",
  run: () => Promise<{ readonly cases: number; readonly found: T }>,
) => Promise<T | null>;

/** @returns null if the trials do not follow from the plan. */
async function verifyTrials(trials: TrialFile, file: (name: string) => ArchiveFile, check: CheckTrials): Promise<Evidence | null> {
  let rows = 0;
  const evidence = await check("trials", async () => {
    const collected = await collectTrials(trials);
    ({ rows } = collected);
    await verifyRows(trials, collected.evidence, await readColumns(trials.file));
    return { cases: rows, found: collected.evidence };
  });
  const voters = () => readVoterVotes(trials, evidence?.exclusions);
  const formats = [
    ["trialsJsonLines", fileNames.trialsJsonLines, trialFormats.jsonl.write, "line"],
    ["trialsParquet", fileNames.trialsParquet, trialFormats.parquet.write, "byte"],
  ] as const;
  for (const [id, name, write, unit] of formats)
    await check(id, async () => {
      const columns = await readColumns(trials.file);
      await verifyBytes(file(name), write({ ...trials.study, codes: evidence?.coding?.codes ?? null }, voters(), columns), unit);
      return { cases: rows, found: true };
    });
  return evidence;
}

async function verifyResults(
  list: CheckList,
  { files }: ArchiveFiles,
  evidence: Evidence | null,
  onProgress: ((what: string) => void) | undefined,
): Promise<void> {
  for (const file of files.values()) {
    const kind = keyIn("result", file.name);
    if (kind === null) continue;
    const [id, title] = [`result ${kind}`, `Every number of ${file.name}, recomputed from trials.csv`];
    const known = resultKindIds.find((one) => one === kind);
    if (evidence === null) {
      list.skip(id, title, "trials that follow from the plan");
      continue;
    }
    onProgress?.(title);
    let ofCounts = title;
    await list.check(
      id,
      () => ofCounts,
      async () => {
        if (known === undefined) throw new AppError("CORRUPT_DATA", `"${kind}" is not a kind of result.`);
        const { earlierVersion, published, recomputed } = recomputeResult(known, evidence, await readJson(file));
        if (earlierVersion !== null)
          ofCounts = `The counts of ${file.name}, recomputed from trials.csv; its statistics are those of version ${earlierVersion}, which this program does not compute`;
        const { numbers, difference } = compareDocuments(published, recomputed);
        if (difference !== null) throw new AppError("CORRUPT_DATA", difference);
        return { cases: numbers, found: true };
      },
    );
  }
}
