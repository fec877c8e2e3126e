/** Calls of the functions of persistence that send raw SQL about sweeps. */

import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { cancelSweep, changeSweep, pauseSpentSweep, pauseSweep, resumeSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import { insertSweepRuns } from "@pareidolia/persistence/lab/sweeps/createSweep";
import { medianOfEndedRuns } from "@pareidolia/persistence/lab/sweeps/medianRule";
import { reachRung } from "@pareidolia/persistence/lab/sweeps/reachRung";
import { readBestElites, readBestPerturbations, readBestTrajectories } from "@pareidolia/persistence/lab/sweeps/readBestResults";
import { readRungs } from "@pareidolia/persistence/lab/sweeps/readRungs";
import { countSweepLog, listSweepLog } from "@pareidolia/persistence/lab/sweeps/readSweepLog";
import {
  countSweeps,
  findSweeps,
  findSweepsByNumber,
  listSweeps,
  measuredSpeed,
  measureSweeps,
  readSweepRuns,
} from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { readRunLimits } from "@pareidolia/persistence/workspace/quotas/runLimits";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const page = { limit: 10, backward: false, after: null, before: null };
const filter = { scope, experimentId: "experiment", states: ["RUNNING"] } as const;
const limits = { priority: 1, concurrency: 2, maxEvaluations: 100, maxSeconds: 10 };
const plan = {
  kind: "evolution",
  base: {},
  axes: [{ path: "generations", values: [1], range: null }],
  sampler: { kind: "grid" },
  seeds: [1],
  earlyStopping: { plateau: null, median: null, halving: null },
} as const;

const point = {
  planned: { kind: "evolution", plan: { encoding: "direct", generations: 1, offspring: 2 } },
  modelId: "model",
  preset: "paper",
  parameters: {},
  framing: { kind: "whole" },
} as const;
const created = {
  ...limits,
  workspaceId: "workspace",
  experimentId: "experiment",
  createdById: "user",
  idempotencyKey: null,
  name: "Sweep",
  plan,
  points: [point],
  runs: [{ point: 0, replicate: 0, seed: 1, name: "seed" }],
};

const running = [{ number: 1, state: "RUNNING" }];
const paused = [{ number: 1, state: "PAUSED" }];

/** What each statement about rungs finds, so that all of them are sent: a run that waits at a rung that is decided. */
const waiting = {
  id: "sweep",
  document: { ...plan, earlyStopping: { plateau: null, median: null, halving: { eta: 2, minimum: 1 } } },
  rung: 0,
  point: 0,
  state: "QUEUED",
  waits: true,
  nines: 1,
  rank: 1,
  kept: false,
};

export const sweepStatements: readonly StatementCase[] = [
  { rows: [{ runLimit: 1, runShare: 1 }], call: (connection) => readRunLimits(connection, scope) },
  { call: (_connection, transaction) => admitRuns(transaction) },
  { rows: [waiting], call: (_connection, transaction) => admitRuns(transaction) },
  { call: (connection) => reachRung(connection, { runId: "run", rung: 0 }) },
  { call: (connection) => readRungs(connection, "sweep") },
  { call: (connection) => insertSweepRuns(connection, created, { sweepId: "sweep", firstNumber: 1 }) },
  { rows: running, call: (_connection, transaction) => pauseSweep(transaction, "sweep") },
  { rows: paused, call: (_connection, transaction) => resumeSweep(transaction, "sweep") },
  { rows: running, call: (_connection, transaction) => cancelSweep(transaction, "sweep") },
  { rows: running, call: (_connection, transaction) => changeSweep(transaction, "sweep", limits) },
  { call: (connection, transaction) => pauseSpentSweep({ connection, transaction: (work) => work(transaction) }, "sweep") },
  { call: (connection) => medianOfEndedRuns(connection, { sweepId: "sweep", generation: 5 }) },
  { call: (connection) => listSweeps(connection, { filter, page }) },
  { call: (connection) => countSweeps({ connection, most: 10 }, filter) },
  { call: (connection) => findSweeps(connection, ["a"]) },
  { call: (connection) => findSweepsByNumber(connection, { scope, numbers: [1] }) },
  { call: (connection) => measureSweeps(connection, ["a", "b"]) },
  { call: (connection) => readSweepRuns(connection, "sweep") },
  ...[undefined, 3].flatMap((each): StatementCase[] =>
    [readBestElites, readBestTrajectories, readBestPerturbations].map((read) => ({
      call: (connection) => read(connection, { sweepId: "sweep", point: each }),
    })),
  ),
  { call: (connection) => listSweepLog(connection, { sweepId: "sweep", page }) },
  { call: (connection) => countSweepLog({ connection, most: 10 }, "sweep") },
  { call: (connection) => measuredSpeed(connection, { scope, kind: "evolution", modelId: "model" }) },
];
