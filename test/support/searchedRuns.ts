/** Runs with various values of every searchable property, and what each run has of it, for tests of searches. */

import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { createStranger, stranger } from "./actors.ts";
import { testModel } from "./runs.ts";

export const searchNow = Date.parse("2026-11-27T12:00:00Z");
const hour = 3_600_000;
export const searchedRunCount = 24;
const secondMember = "second-member";

const states = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"] as const;
const tagNames = ["paper", "paper-figures", "draft"];

/** The values of run `i`; its number is i + 1. Null or empty is no value. */
export function searchedRun(i: number) {
  const state = states[i % states.length] as (typeof states)[number];
  const isStarted = state !== "QUEUED";
  const isEvolution = i % 4 !== 3;
  // Within a minute, so that a minute is neither before nor after it.
  const created = searchNow - i * 9 * hour + (i % 3) * 20_500;
  const started = isStarted ? created + (i % 2 === 0 ? hour : hour / 2) : null;
  const counted = created + 2.5 * hour;
  const settled = i * 7;
  // Its ascents have no trajectories, so they have computed no gradients.
  const evaluations = isEvolution ? settled : 0;
  const computed = isStarted ? 14 + (i % 3) * 7 : 0;
  const lastInterval = isStarted ? i * 1.5 : null;
  const mean = isStarted && evaluations > 0 ? evaluations / computed : null;
  const ended = isStarted && state !== "RUNNING" ? created + (2 + (i % 3)) * hour : null;
  return {
    run: i + 1,
    name: i % 3 === 0 ? `Run ${i % 2 === 0 ? "Alpha" : "beta"} ${i}` : "",
    notes: i % 5 === 0 ? "Looks **odd**, 100% sine" : "",
    experiment: i % 2 === 0 ? "EXP-1" : "EXP-2",
    experimentName: i % 2 === 0 ? "MNIST, two encodings" : "Other",
    state,
    kind: isEvolution ? "evolution" : "ascent",
    method: isEvolution ? (i % 2 === 0 ? "cppn" : "direct") : "gradient-ascent",
    encoding: isEvolution ? (i % 2 === 0 ? "cppn" : "direct") : null,
    model: "Linear",
    preset: i % 4 === 0 ? "paper" : "normalised",
    seed: i % 5,
    generation: isEvolution && isStarted ? i * 10 : null,
    evaluations,
    settled,
    median: isStarted && isEvolution ? 1 - 10 ** -(1 + (i % 5)) : null,
    mean: isStarted && isEvolution ? 0.5 + i / 100 : null,
    best: isStarted && isEvolution ? 1 - 10 ** -(2 + (i % 5)) : null,
    reached: i % 4,
    results: isEvolution ? testModel.labels.length : 1,
    measure: isEvolution ? "classes ≥ .9999" : "trajectories ≥ .9999",
    recognition: null as number | null,
    speed: state === "RUNNING" ? lastInterval : mean,
    lastInterval,
    waited: started === null ? null : (started - created) / 1000,
    computed,
    elapsed: started === null ? null : ((ended ?? counted) - started) / 1000,
    counted,
    created,
    started,
    ended,
    updated: created + 3 * hour,
    by: i % 3 === 0 ? secondMember : localUserId,
    assignee: i % 4 === 0 ? secondMember : i % 4 === 1 ? localUserId : null,
    tags: tagNames.filter((_, t) => i % (t + 2) === 0),
    pinned: i % 6 === 0,
    archived: i % 8 === 7,
    locked: i % 7 === 0,
    worker: i % 2 === 0 || state === "RUNNING" ? "machine-1" : null,
    engine: isStarted ? `onnxruntime ${i % 2}` : null,
    mutationRate: isEvolution ? (i % 3) / 10 : null,
    pixels: isEvolution ? (i % 2 === 0 ? "float" : "8-bit") : null,
    randomStart: isEvolution ? null : i % 8 === 3,
  };
}

export type SearchedRun = ReturnType<typeof searchedRun>;

export const memberNames: Readonly<Record<string, string>> = { [secondMember]: "Ada Second" };

async function createExperiments({ connection }: Database, workspaceId: string, createdById: string): Promise<void> {
  for (const number of [1, 2])
    await connection.experiment.create({
      data: {
        id: `${workspaceId} experiment ${number}`,
        workspaceId,
        createdById,
        number,
        name: number === 1 ? "MNIST, two encodings" : "Other",
        createdAt: new Date(searchNow),
      },
    });
}

async function createTags({ connection }: Database, workspaceId: string): Promise<void> {
  await connection.tag.createMany({ data: tagNames.map((name) => ({ id: `${workspaceId} ${name}`, workspaceId, name })) });
}

interface Place {
  readonly workspaceId: string;
  readonly modelId: string;
  /** The user of the workspace who stands for one of the rows. */
  userOf(user: string): string;
}

function rowOf(i: number, { workspaceId, modelId, userOf }: Place) {
  const run = searchedRun(i);
  const id = `${workspaceId} run ${i}`;
  const { mutationRate, pixels, randomStart } = run;
  const parameters = Object.fromEntries(Object.entries({ mutationRate, pixels, randomStart }).filter(([, value]) => value !== null));
  const isEvolution = run.kind === "evolution";
  return {
    id,
    workspaceId,
    experimentId: `${workspaceId} experiment ${run.experiment === "EXP-1" ? 1 : 2}`,
    createdById: userOf(run.by),
    assigneeId: run.assignee === null ? null : userOf(run.assignee),
    modelId,
    number: run.run,
    name: run.name,
    notes: run.notes,
    state: run.state,
    kind: run.kind,
    preset: run.preset,
    parameters,
    plan: isEvolution
      ? { encoding: run.method, generations: 1000, offspring: 10 }
      : { method: run.method, classes: [0], starts: 1, evaluationGoal: 10 },
    seed: run.seed,
    ...(run.engine === null ? {} : { manifest: { engines: ["earlier", run.engine] } }),
    generation: run.generation ?? -1,
    evaluations: run.settled,
    median: run.median,
    foolingCount: run.reached,
    speed: run.lastInterval,
    computeSeconds: run.computed,
    countedAt: run.started === null ? null : new Date(run.counted),
    workerId: run.worker === null ? null : "worker",
    ...(run.state === "RUNNING" ? { leaseToken: id, leaseExpiresAt: new Date(searchNow) } : {}),
    archivedAt: run.archived ? new Date(searchNow) : null,
    lockedAt: run.locked ? new Date(searchNow) : null,
    createdAt: new Date(run.created),
    startedAt: run.started === null ? null : new Date(run.started),
    endedAt: run.ended === null ? null : new Date(run.ended),
    updatedAt: new Date(run.updated),
    tags: { create: run.tags.map((name) => ({ tagId: `${workspaceId} ${name}` })) },
  };
}

async function createRuns({ connection }: Database, place: Place): Promise<void> {
  const { workspaceId, userOf } = place;
  for (let i = 0; i < searchedRunCount; i++) {
    const run = searchedRun(i);
    const id = `${workspaceId} run ${i}`;
    await connection.run.create({ data: rowOf(i, place) });
    if (run.pinned) await connection.pin.create({ data: { id: `${id} pin`, workspaceId, userId: userOf(localUserId), runId: id } });
    if (run.mean !== null && run.best !== null)
      for (const generation of [0, 1]) {
        const search = { searchMedian: 0, searchMean: 0, searchMinimum: 0, searchMaximum: 0 };
        const figures = { median: 0, minimum: 0, ...search, jumps: 0, filled: 1, evaluations: 1 };
        const [mean, maximum] = generation === 0 ? [0, 0] : [run.mean, run.best];
        await connection.generation.create({ data: { runId: id, generation, mean, maximum, ...figures } });
      }
  }
}

/** The same runs in two workspaces, and one in the trash of the first. */
export async function createSearchedRuns(database: Database): Promise<void> {
  const { connection } = database;
  await seedLocalOwner(connection);
  await createStranger(database);
  await seedModels(connection, [testModel]);
  await connection.user.create({ data: { id: secondMember, name: "Ada Second", email: "ada@pareidolia.example" } });
  await connection.membership.create({
    data: { id: "membership_second", userId: secondMember, workspaceId: localWorkspaceId, role: "RESEARCHER" },
  });
  await connection.worker.create({
    data: { id: "worker", host: "machine-1", processId: 1, engine: "onnxruntime", heartbeatAt: new Date(searchNow) },
  });
  const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  const local: Place = { workspaceId: localWorkspaceId, modelId, userOf: (user) => user };
  for (const place of [local, { workspaceId: stranger.workspaceId, modelId, userOf: () => stranger.userId }]) {
    await createExperiments(database, place.workspaceId, place.userOf(localUserId));
    await createTags(database, place.workspaceId);
    await createRuns(database, place);
  }
  await connection.run.create({ data: { ...rowOf(0, local), id: "trashed", number: 1000, trashedAt: new Date(searchNow) } });
}
