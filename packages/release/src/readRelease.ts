/** Reads the plan and the votes of a release, for statistics on them. Verify a release of unknown origin first (`verifyRelease`). */
import { createHash } from "node:crypto";
import { type ArchiveFile, type ArchiveFiles, unreadable } from "@pareidolia/archive/archiveFiles";
import type { Evidence } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { fileNames, optionalFiles } from "./layout.ts";
import { plannedImages } from "./tables/imageTable.ts";
import { readCodes } from "./tables/readCodes.ts";
import { readImages, readVoters } from "./tables/readTables.ts";
import { studyOf } from "./tables/studyOf.ts";
import { readJson } from "./verify/verifyMetadata.ts";
import { collectTrials } from "./verify/verifyTrials.ts";

export interface ReadRelease {
  /** SHA-256 of the plan's canonical text. */
  readonly planHash: string;
  /** As the results of the study are computed from. */
  readonly evidence: Evidence;
}

/** @throws AppError CORRUPT_DATA for a missing or malformed file, or votes that do not fit the plan. */
export async function readRelease({ files }: ArchiveFiles): Promise<ReadRelease> {
  const file = (name: string): ArchiveFile => {
    const found = files.get(name);
    if (found === undefined) throw unreadable(`it has no ${name}`);
    return found;
  };
  const plan = parseStudyPlan(await readJson(file(fileNames.plan)));
  const planHash = createHash("sha256").update(serialiseStudyPlan(plan)).digest("hex");
  const images = await readImages(file(fileNames.images), plan, plannedImages(plan));
  const voters = await readVoters(file(fileNames.voters));
  const study = studyOf({ plan, planHash, study: "" }, images);
  const codes = files.get(optionalFiles.codes);
  const coded = codes === undefined ? [] : await readCodes(codes, plan);
  const { evidence } = await collectTrials({ file: file(fileNames.trialsCsv), study, coded, voters });
  return { planHash, evidence };
}
