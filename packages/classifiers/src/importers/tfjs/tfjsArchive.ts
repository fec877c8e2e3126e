/**
 * A layers model of tfjs as one file: a ZIP archive of model.json and the shards that it names, in one folder or at the top. It holds
 * nothing else, so that no archive with a network inside is a way to bring other files along.
 */
import { AppError } from "@pareidolia/core/appError";
import { readZip } from "../zipArchive.ts";
import { tfjsShards } from "./importTfjs.ts";

const modelName = "model.json";
/** What the Finder of macOS packs beside each file; it is not looked at. */
const ofFinder = /^__MACOSX\/|(^|\/)\.DS_Store$/;

export interface TfjsModelFiles {
  readonly modelJson: Uint8Array;
  /** By the paths that model.json gives them. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

/** @throws AppError CORRUPT_DATA for a broken archive, or one without a model.json or with more than it names. */
export function unpackTfjs(archive: Uint8Array): TfjsModelFiles {
  const entries = readZip(archive).filter(({ name }) => !ofFinder.test(name));
  const [model, ...others] = entries.filter(({ name }) => name === modelName || name.endsWith(`/${modelName}`));
  if (model === undefined || others.length > 0)
    throw refused(`it holds ${others.length + (model ? 1 : 0)} files called ${modelName}, and one is needed`);
  const folder = model.name.slice(0, -modelName.length);
  const modelJson = model.read();
  const wanted = new Set(tfjsShards(modelJson).map((path) => folder + path));
  const stranger = entries.find((entry) => entry !== model && !wanted.has(entry.name));
  if (stranger !== undefined) throw refused(`it holds "${stranger.name.slice(0, 80)}", which its ${modelName} does not name`);
  const shards = entries.filter((entry) => entry !== model).map((entry) => [entry.name.slice(folder.length), entry.read()] as const);
  return { modelJson, shards: new Map(shards) };
}

function refused(what: string): AppError {
  return new AppError("CORRUPT_DATA", `This ZIP archive is no model: ${what}. Pack ${modelName} and its weights, and nothing else.`);
}
