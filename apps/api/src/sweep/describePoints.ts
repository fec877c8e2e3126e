/** Describes the runs of a sweep's points as starting each alone would, and names the axis and value of a point that cannot be started. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { ComputedKind } from "@pareidolia/core/runKinds/registry";
import { textOfValue } from "@pareidolia/core/sweep/sweepAxis";
import { inputOfPoint, type SweepPlan, type SweepPoint } from "@pareidolia/core/sweep/sweepPlan";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { StartAscentInput } from "../ascent/ascent.input.ts";
import { describeAscent } from "../ascent/ascent.service.ts";
import type { StartChainInput } from "../chain/chain.input.ts";
import { describeChain } from "../chain/chain.service.ts";
import type { StartEvolutionInput } from "../evolution/evolution.input.ts";
import { describeEvolution } from "../evolution/evolution.service.ts";
import type { ModelService } from "../model/model.service.ts";
import type { StartPerturbationInput } from "../perturbation/perturbation.input.ts";
import { checkTarget, describePerturbation } from "../perturbation/perturbation.service.ts";
import type { PhotoService } from "../photo/photo.service.ts";
import { type LaunchInput, type RunOfKind, readFraming, requireUsable } from "../run/runLauncher.ts";
import { labelOfAxis } from "./sweepFields.ts";

export interface DescribedPoint {
  readonly point: SweepPoint;
  readonly model: ModelRecord;
  readonly framing: Framing;
  readonly run: RunOfKind;
}

interface References {
  readonly model: ModelRecord;
  readonly sourceSha256: string | null;
}

type Describe = (input: object, references: References) => RunOfKind;

const describeByKind: Readonly<Record<ComputedKind, Describe>> = {
  evolution: (input) => describeEvolution(input as StartEvolutionInput),
  ascent: (input, { model, sourceSha256 }) => describeAscent(input as StartAscentInput, { classCount: model.labels.length, sourceSha256 }),
  perturbation: (input, { model, sourceSha256 }) =>
    describePerturbation(input as StartPerturbationInput, { classCount: model.labels.length, sourceSha256: sourceSha256 ?? "" }),
  retraining: (input, { model }) => describeChain(input as StartChainInput, model.labels.length),
};

function nameValue(error: unknown, plan: SweepPlan, { values }: SweepPoint): unknown {
  const { axes } = plan;
  if (!(error instanceof AppError) || (error.code !== "INVALID_INPUT" && error.code !== "NOT_FOUND")) return error;
  const field = error.field?.replace(/^input\./, "");
  const index = axes.findIndex(({ path }) => path === field);
  if (index >= 0) {
    const text = `Axis "${labelOfAxis(plan, field ?? "")}", value ${textOfValue(values[index] ?? "")}: ${error.message}`;
    return new AppError("INVALID_INPUT", text, { field: `input.axes.${index}` });
  }
  if (error.code === "NOT_FOUND") return error;
  const point = axes.map(({ path }, i) => `${labelOfAxis(plan, path)} ${textOfValue(values[i] ?? "")}`).join(", ");
  return new AppError("INVALID_INPUT", `The point ${point} cannot be run: ${error.message}`, { field: error.field ?? "input.run" });
}

/** Reads each model and each image only once. */
function createLookup(actor: Actor, { models, photos }: { readonly models: ModelService; readonly photos: PhotoService }) {
  const ofModels = new Map<string, Promise<ModelRecord>>();
  const ofSources = new Map<string, Promise<string>>();
  const once = <T>(cache: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> => {
    const known = cache.get(key) ?? read();
    cache.set(key, known);
    return known;
  };
  return {
    model: (id: string) => once(ofModels, id, () => models.getByReference(actor, id, "input.modelId")),
    source: (id: string) => once(ofSources, id, () => photos.findSource(actor, id, "input.sourceId")),
  };
}

/** @throws AppError INVALID_INPUT naming the axis and value of the first point that cannot be started; CONFLICT if a model is not ready. */
export async function describePoints(
  actor: Actor,
  { plan, points }: { readonly plan: SweepPlan; readonly points: readonly SweepPoint[] },
  services: { readonly models: ModelService; readonly photos: PhotoService },
): Promise<DescribedPoint[]> {
  const lookup = createLookup(actor, services);
  const described: DescribedPoint[] = [];
  for (const point of points) {
    try {
      const input = inputOfPoint(plan, point) as Partial<LaunchInput> & { readonly modelId: string; readonly sourceId?: string | null };
      const model = await lookup.model(input.modelId);
      requireUsable(model);
      const sourceSha256 = input.sourceId == null ? null : await lookup.source(input.sourceId);
      const run = describeByKind[plan.kind](input, { model, sourceSha256 });
      if (run.kind === "perturbation") await checkTarget(run, model, services.photos);
      described.push({ point, model, framing: readFraming(input.framing, model), run });
    } catch (error) {
      throw nameValue(error, plan, point);
    }
  }
  return described;
}
