/** Resolves the mutations that change many runs or experiments. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { loadExisting } from "../loadExisting.ts";
import { Requires } from "../policy/requires.ts";
import {
  AssignRunsInput,
  ExperimentsInput,
  MoveRunsInput,
  RerunRunsInput,
  RunsInput,
  TagExperimentsInput,
  TagRunsInput,
} from "./bulk.input.ts";
import {
  ArchiveExperimentsPayload,
  ArchiveRunsPayload,
  AssignRunsPayload,
  MoveRunsPayload,
  RerunRunsPayload,
  TagExperimentsPayload,
  TagRunsPayload,
  UnarchiveExperimentsPayload,
  UnarchiveRunsPayload,
} from "./bulk.payload.ts";
import { ChangedExperiment, ChangedRun, skipReasons } from "./bulk.type.ts";
import type { ItemResult } from "./bulkChange.ts";

type Answer = Promise<Payload<{ readonly items: readonly ItemResult[] }>>;

const runIdsOf = (ids: readonly string[]): string[] => ids.map((id) => encodeGlobalId("Run", id));
const experimentIdsOf = (ids: readonly string[]): string[] => ids.map((id) => encodeGlobalId("Experiment", id));

@Resolver()
export class BulkResolver {
  @Requires("run:tag")
  @Mutation(() => TagRunsPayload, { description: "Adds tags to runs, and removes others. Locked runs are skipped." })
  tagRuns(
    @Arg("input", () => TagRunsInput, { description: "Input of `tagRuns`." }) input: TagRunsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("TagRunsSuccess", async () => {
      const changes = input.changes.map(({ runIds, ...change }) => ({ ids: runIds, ...change }));
      const { items, undo } = await context.services.bulk.tag(context.actor, "Run", changes);
      return { items, undo: undo.map(({ ids, value }) => ({ runIds: runIdsOf(ids), ...value })) };
    });
  }

  @Requires("run:archive")
  @Mutation(() => ArchiveRunsPayload, {
    description: "Archives runs: lists leave them out, and nothing else changes. Locked runs are skipped.",
  })
  archiveRuns(@Arg("input", () => RunsInput, { description: "The runs." }) input: RunsInput, @Ctx() context: ApiContext): Answer {
    return resolvePayload("ArchiveRunsSuccess", async () => {
      const { items, undo } = await context.services.bulk.archive(context.actor, "Run", input.runIds, true);
      return { items, undo: undo.flatMap(({ ids }) => runIdsOf(ids)) };
    });
  }

  @Requires("run:archive")
  @Mutation(() => UnarchiveRunsPayload, { description: "Takes runs out of the archive. Locked runs are skipped." })
  unarchiveRuns(@Arg("input", () => RunsInput, { description: "The runs." }) input: RunsInput, @Ctx() context: ApiContext): Answer {
    return resolvePayload("UnarchiveRunsSuccess", async () => {
      const { items, undo } = await context.services.bulk.archive(context.actor, "Run", input.runIds, false);
      return { items, undo: undo.flatMap(({ ids }) => runIdsOf(ids)) };
    });
  }

  @Requires("run:move")
  @Mutation(() => MoveRunsPayload, {
    description: "Moves runs to other experiments. Locked runs are skipped. Only owners move runs into an experiment that is shared.",
  })
  moveRuns(
    @Arg("input", () => MoveRunsInput, { description: "Input of `moveRuns`." }) input: MoveRunsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("MoveRunsSuccess", async () => {
      const { items, undo } = await context.services.bulk.move(context.actor, input);
      const idOf = (id: string): string => encodeGlobalId("Experiment", id);
      const moves = undo.map(({ ids, value: { next, previous } }) => ({
        runIds: runIdsOf(ids),
        experimentId: idOf(next),
        previousExperimentId: idOf(previous),
      }));
      return { items, undo: moves };
    });
  }

  @Requires("run:assign")
  @Mutation(() => AssignRunsPayload, { description: "Assigns runs to members of the workspace. Locked runs are skipped." })
  assignRuns(
    @Arg("input", () => AssignRunsInput, { description: "Input of `assignRuns`." }) input: AssignRunsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("AssignRunsSuccess", async () => {
      const { items, undo } = await context.services.bulk.assign(context.actor, input);
      const idOf = (userId: string | null): string | null => (userId === null ? null : encodeGlobalId("User", userId));
      const assignments = undo.map(({ ids, value: { next, previous } }) => ({
        runIds: runIdsOf(ids),
        assigneeId: idOf(next),
        previousAssigneeId: idOf(previous),
      }));
      return { items, undo: assignments };
    });
  }

  @Requires("run:start")
  @Mutation(() => RerunRunsPayload, { description: "Starts a new run for each run, with the same plan, parameters and model." })
  rerunRuns(
    @Arg("input", () => RerunRunsInput, { description: "Input of `rerunRuns`." }) input: RerunRunsInput,
    @Ctx() { actor, services, loaders }: ApiContext,
  ): Answer {
    return resolvePayload("RerunRunsSuccess", async () => {
      const { items, runIds } = await services.reruns.rerun(actor, input);
      return { items, runs: await Promise.all(runIds.map((id) => loadExisting(loaders.run, id))) };
    });
  }

  @Requires("experiment:tag")
  @Mutation(() => TagExperimentsPayload, { description: "Adds tags to experiments, and removes others. Locked ones are skipped." })
  tagExperiments(
    @Arg("input", () => TagExperimentsInput, { description: "Input of `tagExperiments`." }) input: TagExperimentsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("TagExperimentsSuccess", async () => {
      const changes = input.changes.map(({ experimentIds, ...change }) => ({ ids: experimentIds, ...change }));
      const { items, undo } = await context.services.bulk.tag(context.actor, "Experiment", changes);
      return { items, undo: undo.map(({ ids, value }) => ({ experimentIds: experimentIdsOf(ids), ...value })) };
    });
  }

  @Requires("experiment:archive")
  @Mutation(() => ArchiveExperimentsPayload, { description: "Archives experiments. Their runs are not affected. Locked ones are skipped." })
  archiveExperiments(
    @Arg("input", () => ExperimentsInput, { description: "The experiments." }) input: ExperimentsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("ArchiveExperimentsSuccess", async () => {
      const { items, undo } = await context.services.bulk.archive(context.actor, "Experiment", input.experimentIds, true);
      return { items, undo: undo.flatMap(({ ids }) => experimentIdsOf(ids)) };
    });
  }

  @Requires("experiment:archive")
  @Mutation(() => UnarchiveExperimentsPayload, { description: "Takes experiments out of the archive. Locked ones are skipped." })
  unarchiveExperiments(
    @Arg("input", () => ExperimentsInput, { description: "The experiments." }) input: ExperimentsInput,
    @Ctx() context: ApiContext,
  ): Answer {
    return resolvePayload("UnarchiveExperimentsSuccess", async () => {
      const { items, undo } = await context.services.bulk.archive(context.actor, "Experiment", input.experimentIds, false);
      return { items, undo: undo.flatMap(({ ids }) => experimentIdsOf(ids)) };
    });
  }
}

@Resolver(() => ChangedRun)
export class ChangedRunResolver {
  @FieldResolver()
  run(@Root() { id }: ItemResult, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> | null {
    return id === null ? null : loaders.run.load(id);
  }

  @FieldResolver()
  message(@Root() { skipped }: ItemResult): string | null {
    return skipped === null ? null : skipReasons[skipped];
  }
}

@Resolver(() => ChangedExperiment)
export class ChangedExperimentResolver {
  @FieldResolver()
  experiment(@Root() { id }: ItemResult, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord | null> | null {
    return id === null ? null : loaders.experiment.load(id);
  }

  @FieldResolver()
  message(@Root() { skipped }: ItemResult): string | null {
    return skipped === null ? null : skipReasons[skipped];
  }
}
