/** Calls of the functions of persistence that send raw SQL to restore exports. */
import { planByIndex } from "@pareidolia/persistence/files/restoring/planByIndex";
import { restoreChains, restoreLinkElites, restoreLinks } from "@pareidolia/persistence/files/restoring/restoreChains";
import type { RestoredIds } from "@pareidolia/persistence/files/restoring/restoredRows";
import { restoreElites, restoreGenerations, restoreGenomes } from "@pareidolia/persistence/files/restoring/restoreEvolutions";
import * as results from "@pareidolia/persistence/files/restoring/restoreResults";
import { restoreRuns } from "@pareidolia/persistence/files/restoring/restoreRuns";
import * as subjects from "@pareidolia/persistence/files/restoring/restoreSubjects";
import { shareScores } from "@pareidolia/persistence/lab/scores/shareScores";
import type { StatementCase } from "./statementCase.ts";

const ids: RestoredIds = {
  workspaceId: "workspace",
  createdById: "user",
  importId: "import",
  experiments: ["experiment"],
  sweeps: ["sweep"],
  models: ["model"],
  runs: ["run", "fork"],
  comments: ["comment"],
};
const chains = new Map([[0, "chain"]]);
const link = { run: 0, iteration: 1, niche: 0 };
const genome = { generation: 1, index: 0, sha256: "aa", byte_length: 1, bytes: "AA==", parents: [0, 0], image: "aa" };
const elite = {
  run: 0,
  niche: 0,
  generation: 1,
  genome_generation: 1,
  genome_index: 0,
  replaced_at: null,
  search_fitness: 1,
  stored_fitness: 1,
};
const trajectory = { run: 0, configuration: 0, class: 0, start: 0 };
const numbered = { rows: [{ experiment: 0, sweep: 0, run: 0 }], firstNumber: 1 };

export const restoringStatements: readonly StatementCase[] = [
  { call: (connection) => planByIndex(connection) },
  { call: (connection) => subjects.restoreExperiments(connection, ids, numbered) },
  { call: (connection) => subjects.restoreSweeps(connection, ids, numbered) },
  { call: (connection) => subjects.restoreRungDecisions(connection, ids, [{ sweep: 0, rung: 0, point: 0 }]) },
  { call: (connection) => subjects.restoreRungResults(connection, ids, [{ run: 0, rung: 0 }]) },
  { call: (connection) => results.restoreCheckpoint(connection, ids, { run: 0, part: 0, bytes: "AA==" }) },
  { call: (connection) => results.restoreCheckpoint(connection, ids, { run: 0, part: 1, bytes: "AA==" }) },
  { call: (connection) => subjects.restoreComments(connection, ids, [{ comment: 0, run: 0 }]) },
  { call: (connection) => subjects.restoreTags(connection, ids, ["paper"]) },
  { call: (connection) => shareScores(connection, { workspaceId: "workspace", images: ["sha256"] }) },
  { call: (connection) => restoreRuns(connection, ids, { ...numbered, experimentId: "experiment" }) },
  { call: (connection) => restoreGenerations(connection, ids, [{ run: 0 }]) },
  {
    call: (connection) =>
      restoreGenomes(connection, ids, {
        rows: [
          { ...genome, run: 0, copied: false },
          { ...genome, run: 1, copied: true },
        ],
        originals: new Map([[1, 0]]),
      }),
  },
  { call: (connection) => restoreElites(connection, ids, [elite]) },
  { call: (connection) => results.restoreStepHashes(connection, ids, [{ run: 0, step: 0, hash: "aa" }]) },
  { call: (connection) => results.restoreTrajectories(connection, ids, [trajectory]) },
  { call: (connection) => results.restoreMilestones(connection, ids, [trajectory]) },
  { call: (connection) => results.restorePerturbations(connection, ids, [{ run: 0, index: 0 }]) },
  { call: (connection) => results.restoreImportedImages(connection, ids, [{ run: 0, index: 0 }]) },
  { call: (connection) => restoreChains(connection, ids, { rows: [link], chains }) },
  { call: (connection) => restoreLinks(connection, ids, { rows: [link], chains }) },
  { call: (connection) => restoreLinkElites(connection, { rows: [link], chains }) },
];
