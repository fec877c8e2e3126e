/** Writes a bundle again with other rows or without files, so that its hashes are right and its content is not. */

import { folderNames } from "@pareidolia/exchange/bundleManifest";
import { type RowOf, type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import { type LinesOfTable, writeBundle } from "@pareidolia/exchange/writeBundle";
import { bundleOfBytes, bytesOfPieces, linesOfRows } from "./sampleBundle.ts";

export type BundleChanges = { readonly [Name in TableName]?: (rows: RowOf<Name>[]) => RowOf<Name>[] };

export async function changeBundle(
  archive: Uint8Array,
  changes: BundleChanges,
  withoutFiles: readonly (typeof folderNames)[number][] = [],
): Promise<Uint8Array> {
  const bundle = await bundleOfBytes(archive);
  const tables = new Map<TableName, LinesOfTable>();
  const add = async <Name extends TableName>(name: Name): Promise<void> => {
    const rows: RowOf<Name>[] = [];
    for await (const row of bundle.rows(name)) rows.push(row);
    const change = changes[name] as ((rows: RowOf<Name>[]) => RowOf<Name>[]) | undefined;
    tables.set(...linesOfRows(name, change?.(rows) ?? rows));
  };
  for (const name of tableNames) await add(name);
  const { subject, parts, origin, leftOut } = bundle.manifest;
  const folderOf = (folder: (typeof folderNames)[number]) => ({
    hashes: withoutFiles.includes(folder) ? [] : bundle.hashes(folder),
    read: (sha256: string) => bundle.readFile(folder, sha256),
  });
  const folders = { images: folderOf("images"), genomes: folderOf("genomes"), files: folderOf("files") };
  return bytesOfPieces(writeBundle({ subject, parts, formats: ["jsonl"], origin, leftOut, tables, folders }).pieces);
}
