/** Restores a run's search from its row and its last checkpoint. It continues as if it had never been interrupted. */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import type { ImageShape } from "@pareidolia/core/image";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { getEncoding } from "@pareidolia/encodings/registry";
import { serialiseArchive } from "@pareidolia/evolution/archiveBytes";
import type { Elite } from "@pareidolia/evolution/lineage";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import { StoredConfidences } from "@pareidolia/evolution/storedConfidences";
import type { StoredCheckpoint, StoredElite } from "@pareidolia/persistence/lab/runs/readCheckpoint";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { genomeKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";

export interface OpenSearch {
  readonly encoding: Encoding<unknown>;
  readonly search: MapElites<unknown>;
  readonly stored: StoredConfidences;
}

/** The properties of a run that determine its search. */
type Evolution = Pick<WholeRun<"evolution">, "parameters" | "seed" | "plan">;

export interface OpenSearchInput {
  readonly run: Evolution;
  readonly classifier: Classifier;
  readonly checkpoint: StoredCheckpoint;
  readonly objectStore: ObjectStore;
}

function pick(parameters: Parameters, names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));
}

export function hashArchive(elites: readonly (Elite<unknown> | null)[], encoding: Encoding<unknown>): string {
  return createHash("sha256").update(serialiseArchive(elites, encoding)).digest("hex");
}

/** @throws AppError CORRUPT_DATA if the genome does not match its hash. */
export async function readElite(stored: StoredElite, encoding: Encoding<unknown>, objectStore: ObjectStore): Promise<Elite<unknown>> {
  const bytes = stored.bytes ?? (await objectStore.get(genomeKey(stored.genomeSha256)));
  if (createHash("sha256").update(bytes).digest("hex") !== stored.genomeSha256)
    throw new AppError(
      "CORRUPT_DATA",
      `The stored genome of generation ${stored.generation}, index ${stored.index}, does not match its hash.`,
    );
  const { generation, index, parents, fitness } = stored;
  return { generation, index, parents, fitness, genome: encoding.parse(bytes) };
}

/** @throws AppError INVALID_INPUT for values that the encoding does not accept. */
export function openEncoding(
  { encoding, parameters }: { readonly encoding: string; readonly parameters: Parameters },
  shape: ImageShape,
): Encoding<unknown> {
  const definition = getEncoding(encoding);
  const names = definition.parameters.map(({ name }) => name);
  return definition.create(shape, resolveParameters(definition.parameters, pick(parameters, names)));
}

/** @throws AppError INVALID_INPUT for values that the encoding does not accept; CORRUPT_DATA if the archive does not match its hash. */
export async function openSearch({ run, classifier, checkpoint, objectStore }: OpenSearchInput): Promise<OpenSearch> {
  const searchValues = resolveParameters(
    searchParameters,
    pick(
      run.parameters,
      searchParameters.map(({ name }) => name),
    ),
  );
  const encoding = openEncoding({ encoding: run.plan.encoding, parameters: run.parameters }, classifier.input);
  const search = new MapElites({
    encoding,
    niches: classifier.labels.length,
    seed: run.seed,
    offspring: run.plan.offspring,
    insertion: searchValues.insertion,
  });
  const stored = new StoredConfidences(search.niches, checkpoint.elites);
  if (checkpoint.generation < 0) return { encoding, search, stored };
  const elites = new Array<Elite<unknown> | null>(search.niches).fill(null);
  for (const elite of checkpoint.elites) elites[elite.niche] = await readElite(elite, encoding, objectStore);
  // The archive that a fork starts from has no hash of its own yet.
  if (checkpoint.archiveHash !== null && hashArchive(elites, encoding) !== checkpoint.archiveHash)
    throw new AppError("CORRUPT_DATA", `The stored archive of generation ${checkpoint.generation} does not match its checkpoint.`);
  search.restore({ generation: checkpoint.generation, evaluations: checkpoint.evaluations, elites });
  return { encoding, search, stored };
}
