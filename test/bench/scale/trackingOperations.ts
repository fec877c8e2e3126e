/** What the bench of scale measures of tracking: searches, groups, cells, comparisons, sweeps, the trash, comments, tags and the audit log. */
import { globalId as global, type Operation } from "./operation.ts";
import { experimentOf, modelIdOf, runIdOf, runOf, type Size } from "./shape.ts";

/** Columns of the table of runs, some of which other tables have. */
const columns = ["state", "model", "experiment", "method", "median", "mean", "best", "fooling", "mutationRate", "tag", "by", "updated"];

const table = (search: string, column: string, direction = "DESC", name = search): Operation => ({
  name: `table of runs, ${name || "all"} by ${column} ${direction}`,
  document: "RunsTable",
  variables: { search, orderBy: { column, direction }, columns, first: 100 },
});

const searches: readonly string[] = [
  "encoding = cppn AND median > 0.3",
  "median > 0.3 AND (tag = paper OR by = me) AND started > 2026-02-01",
  "tag = draft",
  "NOT tag = paper",
  "mutationRate < 0.1",
  "metric.accuracy > 0.5",
  "best > 0.5",
  '"question 1"',
  "notes ~ people",
  'model ~ "network 1"',
  "state IN (paused, queued)",
  "pinned = true",
  "xyzzy",
];
const orders: readonly string[] = ["updated", "name", "median", "mean", "mutationRate", "metric.accuracy", "experiment", "elapsed"];

const groups = (groupBy: readonly string[], measures: readonly string[], orderBy?: object): Operation => ({
  name: `groups of runs by ${groupBy.join(" and ")}, ${measures.join(" and ")}`,
  document: "RunGroups",
  variables: { search: "", groupBy, measures, first: 2, orderBy },
});

const values = (field: string, text: string): Operation => ({
  name: `values of ${field} for "${text}"`,
  document: "SearchValues",
  variables: { of: "RUNS", field, text },
});

const experiments = (search: string, column: string): Operation => ({
  name: `experiments, ${search || "all"} by ${column}`,
  document: `{ experiments(first: 3, search: ${JSON.stringify(search)}, orderBy: { column: "${column}", direction: DESC }) {
    nodes { id key name runCount } totalCount } }`,
});

/** The operations on one database, with the same rows in both. */
export function trackingOperationsOf(size: Size): readonly Operation[] {
  const runs = [10, 20, 30, 40].map((index) => global("Run", runIdOf(index)));
  const first = experimentOf(size, runOf(size, 0)).id;
  const entries = [{ runIds: runs.slice(0, 2), name: "A" }, ...runs.slice(2).map((id) => ({ runIds: [id] }))];
  const [run = ""] = runs;
  const rule = { action: "TRASH_RUNS", days: 1, states: ["FAILED"], keepPinned: true };
  const sweepInput = {
    run: {
      evolution: {
        experimentId: global("Experiment", first),
        modelId: global("Model", modelIdOf(0)),
        encoding: "direct",
        preset: "paper",
        seed: 1,
        generations: 100,
      },
    },
    axes: [{ path: "parameters.mutationRate", values: [0.05, 0.1] }],
  };
  return [
    ...orders.map((column) => table("", column)),
    ...orders.map((column) => table("", column, "ASC")),
    ...searches.map((search) => table(search, "created")),
    ...[false, true].map((people) => ({
      name: people ? "cells of runs, with people's answers" : "cells of runs",
      document: "RunCells",
      variables: { search: "", orderBy: { column: "created", direction: "DESC" }, columns, people },
    })),
    { name: "runs to select", document: "SelectedRuns", variables: { search: "" } },
    {
      name: "totals of runs",
      document: "RunTotals",
      variables: { search: "tag = paper", active: "state IN (running, queued)", pinned: "tag = paper AND pinned = true" },
    },
    groups(["model"], ["median"]),
    groups(["method"], ["median", "mean", "best"]),
    groups(["mutationRate"], ["median"]),
    groups(["model"], ["metric.accuracy"]),
    groups(["seed"], ["median"], { column: "median", direction: "DESC" }),
    groups(["experiment", "encoding"], ["elapsed"], { column: "updated", direction: "DESC" }),
    values("model", "work 1"),
    values("experiment", "EXP-1"),
    values("tag", "a"),
    values("name", "trial 1"),
    values("seed", "1"),
    experiments("", "updated"),
    experiments("", "runs"),
    experiments("", "fooling"),
    experiments("tag = paper OR runs > 3", "created"),
    experiments("state = failed", "created"),
    experiments('model ~ "network 1"', "created"),
    { name: "experiments to choose", document: "ExperimentChoices", variables: {} },
    { name: "comparison of runs", document: "RunComparison", variables: { entries } },
    {
      name: "archives of a comparison",
      document: "ComparedArchives",
      variables: { entries, generation: 50, first: 10, offset: 0, contains: "" },
    },
    { name: "tests of a comparison", document: "ComparedTests", variables: { entries, generation: 50, measure: "MEDIAN" } },
    { name: "sweeps", document: "Sweeps", variables: {}, rows: 1 },
    { name: "a sweep's page", document: "SweepPage", variables: { id: global("Sweep", first) } },
    { name: "a sweep's findings", document: "SweepFindings", variables: { id: global("Sweep", first) } },
    { name: "plan of a sweep", document: "PlanSweep", variables: { input: sweepInput } },
    { name: "trash", document: "Trash", variables: {} },
    { name: "preview of the trash", document: "TrashPreview", variables: { ids: runs } },
    { name: "retention rules", document: "RetentionRules" },
    { name: "preview of a retention rule", document: "RetentionPreview", variables: { rule } },
    { name: "comments of a run", document: "SubjectComments", variables: { id: run } },
    { name: "tracking of a run", document: "TrackedSubject", variables: { id: run } },
    { name: "tracking of an experiment", document: "TrackedSubject", variables: { id: global("Experiment", first) } },
    { name: "tags to choose", document: "TagChoices", variables: { search: "a" } },
    { name: "tags", document: "{ tags(first: 5) { nodes { id name runCount } totalCount } }" },
    { name: "audit log", document: "AuditEntries", variables: {} },
    { name: "audit log of an action", document: "AuditEntries", variables: { filter: { actions: ["run.start"] } } },
    { name: "audit log by text", document: "AuditEntries", variables: { filter: { search: "RUN-1" } } },
    { name: "usage of a model", document: "ModelUsage", variables: { id: global("Model", modelIdOf(0)) } },
    { name: "provenance of a run", document: "RunProvenance", variables: { id: run } },
    { name: "origin of a rerun", document: "RerunOrigin", variables: { id: run } },
    { name: "quotas", document: "Quotas" },
    { name: "workspace", document: "WorkspaceSettings" },
    { name: "public experiments", document: "PublicExperiments", variables: {}, rows: 1 },
  ];
}
