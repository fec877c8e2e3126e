/** Calls of the functions of persistence that send raw SQL about hash chains, verifications and forks. */
import { copyArchive } from "@pareidolia/persistence/lab/forks/copyArchive";
import { copyLinks } from "@pareidolia/persistence/lab/forks/copyLinks";
import { findForksOf } from "@pareidolia/persistence/lab/forks/readForks";
import { findLastHashes, readHashChain } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import { readArchive, readElitesOfGenerations } from "@pareidolia/persistence/lab/runs/readCheckpoint";
import { findEarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { StatementCase } from "./statementCase.ts";

const chainHash = "0".repeat(64);
const copied = { originalId: "run", forkId: "fork", evaluations: 8, chainHash };
const elite = {
  niche: 0,
  generation: 1,
  index: 2,
  fitness: 0.5,
  storedFitness: 0.5,
  parents: [{ generation: 0, index: 1 }],
  genomeSha256: chainHash,
  bytes: null,
};

const calls: readonly StatementCase["call"][] = [
  (connection) => readArchive(connection, "run", 3),
  (connection) => readElitesOfGenerations(connection, { runId: "run", from: 0, to: 9 }),
  (connection) => findEarlierRun(connection, "run"),
  (connection) => findForksOf(connection, ["a", "b"]),
  (connection) => readHashChain(connection, { runId: "run", from: 0 }),
  (connection) => findLastHashes(connection, ["a", "b"]),
  (connection) => copyArchive(connection, { ...copied, generation: 3, elites: [elite] }),
  (connection) => copyLinks(connection, { ...copied, count: 1 }),
];

export const forkStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
