/** The manifest of a bundle: what it contains, with counts, sizes and hashes, and where it comes from. */
import { type TableFormatId, tableFormats } from "@pareidolia/archive/tables/writeTable";
import { AppError } from "@pareidolia/core/appError";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { dictionary, list, oneOf, optional, record, type Shape, text } from "@pareidolia/core/documentShape";
import { countShape, sha256Shape } from "./bundleColumn.ts";
import { type FormatVersion, formatVersions, isOfOrigin, type TableName, tableNames, versionOf, versionOfTable } from "./bundleTables.ts";

export const manifestName = "manifest.json";
export const formatName = "pareidolia-bundle";

export const subjects = ["run", "experiment", "workspace"] as const;
export type BundleSubject = (typeof subjects)[number];

/** What an export may leave out: PNG files, bytes of genomes, scores, files of networks. */
export const parts = ["images", "genomes", "scores", "models"] as const;
export type BundlePart = (typeof parts)[number];

export const formats = Object.keys(tableFormats).sort() as readonly TableFormatId[];

/** Folders of files that are named by their SHA-256. */
export const folders = {
  images: { part: "images", extension: "png" },
  genomes: { part: "genomes", extension: "bin" },
  files: { part: "models", extension: "bin" },
} as const satisfies Readonly<Record<string, { readonly part: BundlePart; readonly extension: string }>>;
export type FolderName = keyof typeof folders;
export const folderNames = Object.keys(folders) as readonly FolderName[];

export function nameInFolder(folder: FolderName, sha256: string): string {
  return `${folder}/${sha256}.${folders[folder].extension}`;
}

export function nameOfTable(table: TableName, format: TableFormatId): string {
  return `tables/${table}.${format}`;
}

export interface FileEntry {
  readonly bytes: number;
  readonly sha256: string;
}

export interface TableEntry {
  readonly rows: number;
  /** SHA-256 of the table as JSON lines, whether or not that file is in the bundle. */
  readonly sha256: string;
  /** By format. */
  readonly files: Readonly<Partial<Record<TableFormatId, FileEntry>>>;
}

export interface FolderEntry {
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 over a line `<sha256> <bytes>` for each file, in order of names. */
  readonly sha256: string;
}

/** Where a bundle comes from. An import ignores it. */
export interface BundleOrigin {
  /** Version of the product that wrote the bundle. */
  readonly software: string;
  /** Name of the workspace. */
  readonly workspace: string;
  /** Key of the run or experiment, such as RUN-12; null for a workspace. */
  readonly key: string | null;
}

export interface BundleContent {
  readonly subject: BundleSubject;
  /** In alphabetical order. */
  readonly parts: readonly BundlePart[];
  /** By name; a table without rows is left out. */
  readonly tables: Readonly<Partial<Record<TableName, TableEntry>>>;
  readonly folders: Readonly<Record<FolderName, FolderEntry>>;
}

export interface BundleManifest extends BundleContent {
  readonly format: typeof formatName;
  readonly version: FormatVersion;
  /** Formats of the tables, in alphabetical order. */
  readonly formats: readonly TableFormatId[];
  /** SHA-256 of all that was exported, whatever its formats and origin: `contentText` says of what. */
  readonly content: string;
  /** What exports leave out, for readers. */
  readonly leftOut: readonly string[];
  readonly origin: BundleOrigin;
}

export function versionOfTables(tables: BundleContent["tables"]): FormatVersion {
  return versionOf(tableNames.filter((name) => tables[name] !== undefined));
}

/** The text whose SHA-256 is `content`: canonical JSON of the subject, parts, and the hash of each table and folder of the content. */
export function contentText({ subject, parts: chosen, tables, folders: entries }: BundleContent): string {
  const hashes = Object.fromEntries(
    tableNames.filter((name) => !isOfOrigin(name)).flatMap((name) => (tables[name] === undefined ? [] : [[name, tables[name].sha256]])),
  );
  const files = Object.fromEntries(folderNames.map((name) => [name, entries[name].sha256]));
  return canonicalJson({ version: versionOfTables(tables), subject, parts: chosen, tables: hashes, folders: files });
}

const file: Shape<FileEntry> = record<FileEntry>({ bytes: countShape, sha256: sha256Shape });
const filesByFormat: Shape<TableEntry["files"]> = (value, path) => {
  const found = dictionary(file)(value, path);
  for (const format of Object.keys(found)) oneOf(formats)(format, `the format ${JSON.stringify(format.slice(0, 40))} in ${path}`);
  return found as TableEntry["files"];
};
const table: Shape<TableEntry> = record<TableEntry>({ rows: countShape, sha256: sha256Shape, files: filesByFormat });
const tablesByName: Shape<BundleContent["tables"]> = (value, path) => {
  const found = dictionary(table)(value, path);
  for (const name of Object.keys(found)) oneOf(tableNames)(name, `the table ${JSON.stringify(name.slice(0, 40))} in ${path}`);
  return found as BundleContent["tables"];
};
const folder: Shape<FolderEntry> = record<FolderEntry>({ files: countShape, bytes: countShape, sha256: sha256Shape });

const shape: Shape<BundleManifest> = record<BundleManifest>({
  format: oneOf([formatName]),
  version: (value) => {
    const version = formatVersions.find((known) => known === value);
    if (version !== undefined) return version;
    throw new AppError(
      "CORRUPT_DATA",
      `This bundle has version ${JSON.stringify(value)} of the format; this program reads versions 1 to ${formatVersions.length}.`,
    );
  },
  subject: oneOf(subjects),
  parts: list(oneOf(parts)),
  formats: list(oneOf(formats)),
  tables: tablesByName,
  folders: record<BundleContent["folders"]>({ images: folder, genomes: folder, files: folder }),
  content: sha256Shape,
  leftOut: list(text),
  origin: record<BundleOrigin>({ software: text, workspace: text, key: optional(text) }),
});

/** @throws AppError CORRUPT_DATA for another format or version, and for a document of another shape. */
export function parseManifest(json: string): BundleManifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `The bundle's ${manifestName} is not JSON.`, { cause });
  }
  const manifest = shape(value, manifestName);
  const newer = tableNames.find((name) => manifest.tables[name] !== undefined && versionOfTable(name) > manifest.version);
  if (newer !== undefined)
    throw new AppError(
      "CORRUPT_DATA",
      `The bundle has version ${manifest.version} of the format, and its table ${newer} has had other columns since version ${versionOfTable(newer)}. Export it again.`,
    );
  const needed = versionOfTables(manifest.tables);
  if (manifest.version !== needed)
    throw new AppError(
      "CORRUPT_DATA",
      `The bundle has version ${manifest.version} of the format, but contains tables of version ${needed}.`,
    );
  return manifest;
}
