/**
 * Unpacks a multi-file model from one ZIP archive: an ONNX file and its weight files, or a tfjs model.json and its shards, in one folder
 * or at the top level. Any other file is refused, so an archive cannot smuggle in files.
 */
import { AppError } from "@pareidolia/core/appError";
import { isPlainPath } from "@pareidolia/core/plainPath";
import { readZip, type ZipEntry } from "./zipArchive.ts";

/** An ONNX file's name is its author's choice; tfjs always writes model.json. */
const modelName = /(?:^|\/)(?:[^/]+\.onnx|model\.json)$/i;
/** Files that the macOS Finder adds to an archive; they are ignored. */
const finderFile = /^__MACOSX\/|(^|\/)\.DS_Store$/;

export interface ArchivedModel {
  readonly model: Uint8Array;
  /** Weight files by path relative to the model's folder; each is unpacked when it is read. */
  readonly sidecars: ArchivedFiles;
}

/** @throws AppError CORRUPT_DATA for a broken archive, or one without exactly one model. */
export function unpackModel(archive: Uint8Array): ArchivedModel {
  const entries = readZip(archive).filter(({ name }) => !finderFile.test(name));
  const models = entries.filter(({ name }) => modelName.test(name));
  const [model] = models;
  if (model === undefined || models.length > 1)
    throw corruptArchive(`it contains ${models.length} models (.onnx files or model.json) instead of one`);
  const folder = model.name.slice(0, model.name.lastIndexOf("/") + 1);
  const sidecars = new Map<string, ZipEntry>();
  for (const entry of entries) {
    if (entry === model) continue;
    const path = entry.name.startsWith(folder) ? entry.name.slice(folder.length) : "";
    if (!isPlainPath(path)) throw corruptArchive(`"${entry.name.slice(0, 80)}" is not a plain path in the model's folder`);
    sidecars.set(path, entry);
  }
  return { model: model.read(), sidecars: new ArchivedFiles(sidecars) };
}

class ArchivedFiles {
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #unpacked = new Map<string, Uint8Array>();

  constructor(entries: ReadonlyMap<string, ZipEntry>) {
    this.#entries = entries;
  }

  keys(): MapIterator<string> {
    return this.#entries.keys();
  }

  get(path: string): Uint8Array | undefined {
    const known = this.#unpacked.get(path) ?? this.#entries.get(path)?.read();
    if (known !== undefined) this.#unpacked.set(path, known);
    return known;
  }
}

function corruptArchive(what: string): AppError {
  return new AppError("CORRUPT_DATA", `This ZIP archive cannot be used as a model: ${what}. Pack only the model and its weights.`);
}
