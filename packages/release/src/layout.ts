/** The files of a release. Every name that is not here, or not of a folder here, is an error. */

export const fileNames = {
  plan: "plan.json",
  trialsCsv: "trials.csv",
  trialsJsonLines: "trials.jsonl",
  trialsParquet: "trials.parquet",
  voters: "voters.csv",
  images: "images.csv",
  readMe: "README.md",
  dataCite: "datacite.json",
  roCrate: "ro-crate-metadata.json",
  croissant: "croissant.json",
  manifest: "manifest-sha256.txt",
} as const;

/** Files that only some releases have: codes, of studies in which researchers coded texts. */
export const optionalFiles = { codes: "codes.csv" } as const;

const folders = {
  image: { pattern: /^images\/([0-9a-f]{64})\.png$/, nameOf: (sha256: string) => `images/${sha256}.png` },
  genome: { pattern: /^genomes\/([0-9a-f]{64})\.bin$/, nameOf: (sha256: string) => `genomes/${sha256}.bin` },
  result: { pattern: /^results\/([A-Za-z]{1,40})\.json$/, nameOf: (kind: string) => `results/${kind}.json` },
} as const;
export type FolderKind = keyof typeof folders;

/** @param key the SHA-256 of the content of an image or genome, or the ID of a kind of result. */
export function nameIn(folder: FolderKind, key: string): string {
  return folders[folder].nameOf(key);
}

/** The SHA-256 of the content of an image or genome, or the kind of a result; null for other files. */
export function keyIn(folder: FolderKind, name: string): string | null {
  return folders[folder].pattern.exec(name)?.[1] ?? null;
}

const plainFiles = new Set<string>([...Object.values(fileNames), ...Object.values(optionalFiles)]);

export function belongsToRelease(name: string): boolean {
  return plainFiles.has(name) || Object.values(folders).some(({ pattern }) => pattern.test(name));
}
