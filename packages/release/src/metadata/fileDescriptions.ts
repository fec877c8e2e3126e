/** What each file of a release is, for its metadata and for people. */
import { resultKinds } from "@pareidolia/perception/study/studyResults";
import { fileNames, keyIn, optionalFiles } from "../layout.ts";

interface FileDescription {
  readonly name: string;
  readonly description: string;
}

const descriptions: Readonly<Record<string, FileDescription>> = {
  [fileNames.plan]: {
    name: "Plan",
    description:
      "What was fixed when the study opened: images, questions, order, stopping and exclusion rules, consent. Canonical JSON (RFC 8785); " +
      "its SHA-256 identifies the plan.",
  },
  [fileNames.trialsCsv]: { name: "Trials (CSV)", description: "A row for each trial that a voter answered or skipped." },
  [fileNames.trialsJsonLines]: { name: "Trials (JSON lines)", description: "The rows of trials.csv, as one JSON object on each line." },
  [fileNames.trialsParquet]: { name: "Trials (Parquet)", description: "The rows of trials.csv, as Apache Parquet." },
  [fileNames.voters]: { name: "Voters", description: "The people who took part, by pseudonym. Those who withdrew are not included." },
  [fileNames.images]: { name: "Images and roles", description: "The images of the study in each role, with label, source and confidence." },
  [optionalFiles.codes]: {
    name: "Codes of texts",
    description: "How researchers coded the texts that voters wrote: each code given blind, and what settled disputes.",
  },
  [fileNames.readMe]: { name: "Read me", description: "What this release is, its columns, its licence, and how to cite and verify it." },
  [fileNames.dataCite]: { name: "DataCite metadata", description: "Metadata for a DOI, as DataCite Metadata Schema 4.6 in JSON." },
  [fileNames.roCrate]: { name: "RO-Crate metadata", description: "This release as a research object (RO-Crate 1.2)." },
  [fileNames.croissant]: { name: "Croissant metadata", description: "This release as a data set for machine learning (Croissant 1.1)." },
  [fileNames.manifest]: { name: "Manifest", description: "The SHA-256 of every other file." },
};

/** Title and description of a file of the release. */
export function describeFile(name: string): FileDescription {
  const known = descriptions[name];
  if (known !== undefined) return known;
  const kind = keyIn("result", name) ?? "";
  const result = Object.hasOwn(resultKinds, kind) ? resultKinds[kind as keyof typeof resultKinds] : null;
  return { name: `Result: ${result?.label ?? kind}`, description: result?.description ?? `Results of the study: ${kind}.` };
}
