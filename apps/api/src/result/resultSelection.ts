/** Reads the filter and order shared by the lists of trajectories and perturbations. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ResultListFilter, ResultListOrder } from "@pareidolia/persistence/lab/results/resultLists";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import type { ModelService } from "../model/model.service.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { policy } from "../policy/policy.ts";
import { peopleCursorValues, readPeopleFilter } from "../recognition/peopleFilter.ts";
import type { RunService } from "../run/run.service.ts";
import { readName, readNames } from "../text.ts";
import type { ResultFilter, ResultOrder } from "./result.input.ts";

export interface ResultSelectionOptions {
  readonly database: Database;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly runs: RunService;
}

function readConfidence(value: number | null | undefined, field: string): number | undefined {
  if (value == null) return undefined;
  if (!(value >= 0 && value <= 1)) throw new AppError("INVALID_INPUT", "A confidence must be from 0 to 1.", { field });
  return value;
}

export function readResultOrder(orderBy: ResultOrder | null | undefined): ResultListOrder {
  return orderBy ?? { field: "storedConfidence", direction: "DESC" };
}

const cursorValues: Readonly<Record<ResultListOrder["field"], CursorShape["values"]>> = {
  storedConfidence: ["number", "text"],
  createdAt: ["time", "text"],
  ...peopleCursorValues,
};

export function resultCursor(list: string, { field, direction }: ResultListOrder): CursorShape {
  return { name: `${list}.${field}.${direction}`, values: cursorValues[field] };
}

export class ResultSelection {
  readonly #options: ResultSelectionOptions;

  constructor(options: ResultSelectionOptions) {
    this.#options = options;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming the field; as `readPeopleFilter` for a list by what people say. */
  async read(
    actor: Actor,
    action: "perturbation:read" | "trajectory:read",
    filter: ResultFilter | null | undefined,
    order: ResultListOrder,
  ): Promise<ResultListFilter> {
    const { database, experiments, models, runs } = this.#options;
    const run = filter?.runId == null ? undefined : await runs.getReadable(actor, filter.runId, "filter.runId");
    const experiment =
      filter?.experimentId == null ? undefined : await experiments.getReadable(actor, filter.experimentId, "filter.experimentId");
    const within = run ?? experiment;
    const scope = within === undefined ? policy.scope(actor, action) : policy.scopeWithin(actor, action, within);
    return {
      scope,
      runId: run?.id,
      experimentId: experiment?.id,
      modelId: filter?.modelId == null ? undefined : (await models.getByReference(actor, filter.modelId, "filter.modelId")).id,
      methods: readNames(filter?.method, "filter.method"),
      labels: readNames(filter?.label, "filter.label"),
      labelSpace: readName(filter?.labelSpace, "filter.labelSpace"),
      minimumConfidence: readConfidence(filter?.minimumConfidence, "filter.minimumConfidence"),
      maximumConfidence: readConfidence(filter?.maximumConfidence, "filter.maximumConfidence"),
      ...(await readPeopleFilter(database.connection, actor, { scope, people: filter?.people, order: order.field })),
    };
  }
}
