/** Starts gradient ascents. */
import type { Actor } from "@pareidolia/core/actor";
import { ascentLimits, defaultClasses, defaultStarts, evaluationsOfAscent } from "@pareidolia/core/runKinds/ascent";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { getMethod, methodsOf } from "../method/methods.ts";
import type { ModelService } from "../model/model.service.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { readSourceCrop } from "../photo/readSourceCrop.ts";
import { policy } from "../policy/policy.ts";
import { checkWholeNumber, invalid, type PlannedRun, type RunLauncher, type RunOfKind, readMethodParameters } from "../run/runLauncher.ts";
import type { StartAscentInput } from "./ascent.input.ts";
import { drawSearch } from "./ascentSearch.ts";

const maxClasses = ascentLimits.classes.maximum;
const maxTrajectories = ascentLimits.trajectories.maximum;

function readClasses(given: readonly number[] | null | undefined, classCount: number): number[] {
  if (given == null) return Array.from({ length: Math.min(defaultClasses, classCount) }, (_, i) => i);
  if (given.length === 0 || given.length > maxClasses) throw invalid("classes", `The number of classes must be from 1 to ${maxClasses}.`);
  if (new Set(given).size !== given.length) throw invalid("classes", "List each class only once.");
  const wrong = given.find((niche) => niche < 0 || niche >= classCount);
  if (wrong !== undefined) throw invalid("classes", `There is no class ${wrong}. This model has classes 0 to ${classCount - 1}.`);
  return [...given];
}

/** What the input refers to. */
export interface AscentReferences {
  /** Number of the model's classes. */
  readonly classCount: number;
  /** Of the file of the image to start from; null without one. */
  readonly sourceSha256: string | null;
}

/** @throws AppError INVALID_INPUT naming the field. */
export function describeAscent(input: Omit<StartAscentInput, "experimentId">, { classCount, sourceSha256 }: AscentReferences): RunOfKind {
  const method = getMethod("ascent", input.ascent ?? methodsOf("ascent")[0]?.id ?? "", "ascent");
  const parameters = readMethodParameters(input, () => method);
  const starts = checkWholeNumber(input.starts ?? defaultStarts, "starts", ascentLimits.starts);
  const classes = readClasses(input.classes, classCount);
  const search = input.search == null ? null : drawSearch(input.search, { method, seed: input.seed, parameters });
  if (search !== null && classes.length * starts * search.configurations.length > maxTrajectories)
    throw invalid("search.configurations", `Configurations x classes x starts must not exceed ${maxTrajectories} trajectories.`);
  const evaluationGoal = evaluationsOfAscent({ classes, starts, configurations: search?.configurations ?? [parameters] });
  const fromImage = parameters["start"] === "image";
  if (fromImage !== (input.sourceId != null))
    throw invalid("sourceId", fromImage ? 'The start "image" requires an image to start from.' : 'Only the start "image" uses an image.');
  const crop = readSourceCrop(input.sourceCrop);
  if (crop !== null && !fromImage) throw invalid("sourceCrop", 'Only the start "image" can have a crop.');
  const source = sourceSha256 === null ? null : { sha256: sourceSha256, crop };
  return {
    kind: "ascent",
    plan: { method: method.id, classes, starts, evaluationGoal, source, search },
    preset: input.preset,
    parameters,
  };
}

export class AscentService {
  readonly #launcher: RunLauncher;
  readonly #models: ModelService;
  readonly #photos: PhotoService;

  constructor(options: { launcher: RunLauncher; models: ModelService; photos: PhotoService }) {
    this.#launcher = options.launcher;
    this.#models = options.models;
    this.#photos = options.photos;
  }

  async start(actor: Actor, input: StartAscentInput): Promise<RunRecord> {
    const described = await this.#describe(actor, input);
    return this.#launcher.launch(actor, input, () => described);
  }

  /** What `start` would create. */
  async plan(actor: Actor, input: StartAscentInput): Promise<PlannedRun> {
    const described = await this.#describe(actor, input);
    return this.#launcher.plan(actor, input, () => described);
  }

  async #describe(actor: Actor, input: StartAscentInput): Promise<RunOfKind> {
    policy.requireInWorkspace(actor, "run:start");
    const model = await this.#models.getByReference(actor, input.modelId, "input.modelId");
    const sha256 = input.sourceId == null ? null : await this.#photos.findSource(actor, input.sourceId, "input.sourceId");
    return describeAscent(input, { classCount: model.labels.length, sourceSha256: sha256 });
  }
}
