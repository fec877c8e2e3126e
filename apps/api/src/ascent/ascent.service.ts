/** Starts gradient ascents. */
import type { Actor } from "@pareidolia/core/actor";
import { planCrop } from "@pareidolia/core/sourceCrop";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { getMethod, methodsOf } from "../method/methods.ts";
import type { ModelService } from "../model/model.service.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { readSourceCrop } from "../photo/readSourceCrop.ts";
import { policy } from "../policy/policy.ts";
import { checkWholeNumber, invalid, type RunLauncher, readMethodParameters } from "../run/runLauncher.ts";
import type { StartAscentInput } from "./ascent.input.ts";
import { drawSearch } from "./ascentSearch.ts";

const mostClasses = 100;
const usualClasses = 10;
const mostStarts = 100;
/** In one run, over all configurations; without a search there cannot be more. Their evaluations stay below 2^31. */
const mostTrajectories = 10_000;

function readClasses(given: readonly number[] | null | undefined, classCount: number): number[] {
  if (given == null) return Array.from({ length: Math.min(usualClasses, classCount) }, (_, i) => i);
  if (given.length === 0 || given.length > mostClasses) throw invalid("classes", `Name from 1 to ${mostClasses} classes.`);
  if (new Set(given).size !== given.length) throw invalid("classes", "Name each class once.");
  const wrong = given.find((niche) => niche < 0 || niche >= classCount);
  if (wrong !== undefined) throw invalid("classes", `There is no class ${wrong}: this model has classes 0 to ${classCount - 1}.`);
  return [...given];
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
    policy.requireInWorkspace(actor, "run:start");
    const method = getMethod("ascent", input.ascent ?? methodsOf("ascent")[0]?.id ?? "", "ascent");
    const parameters = readMethodParameters(input, () => method);
    const starts = checkWholeNumber(input.starts ?? 1, "starts", 1, mostStarts);
    const model = await this.#models.getByReference(actor, input.modelId, "input.modelId");
    const classes = readClasses(input.classes, model.labels.length);
    const search = input.search == null ? null : drawSearch(input.search, { method, seed: input.seed, parameters });
    const trajectories = classes.length * starts;
    if (search !== null && trajectories * search.configurations.length > mostTrajectories)
      throw invalid("search.configurations", `These are more than ${mostTrajectories} trajectories: configurations x classes x starts.`);
    const iterations = (search?.configurations ?? [parameters]).reduce((sum, one) => sum + Number(one["iterations"]), 0);
    const evaluationGoal = trajectories * iterations;
    const fromImage = parameters["start"] === "image";
    if (fromImage !== (input.sourceId != null))
      throw invalid("sourceId", fromImage ? "Name the image to start from." : 'Only the start "image" begins from an image.');
    const crop = readSourceCrop(input.sourceCrop);
    if (crop !== null && !fromImage) throw invalid("sourceCrop", 'Only the start "image" can be cropped.');
    const sourceSha256 = input.sourceId == null ? null : await this.#photos.findSource(actor, input.sourceId, "input.sourceId");
    return this.#launcher.launch(actor, input, () => ({
      kind: "ascent",
      encoding: null,
      generations: null,
      offspring: null,
      method: method.id,
      evaluationGoal,
      preset: input.preset,
      parameters,
      plan: { classes, starts, crop: planCrop(crop), ...search },
      sourceSha256,
    }));
  }
}
