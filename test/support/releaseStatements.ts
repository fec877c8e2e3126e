/** Calls of the functions of persistence that send raw SQL about releases of studies. */
import { findReleases, findReleasesOfStudy } from "@pareidolia/persistence/files/releases/readReleases";
import { findGenomeBytesByHash, findReleaseImages, findReleaseVoters } from "@pareidolia/persistence/files/releases/releaseSource";
import { claimRelease, reportRelease, requeueReleases } from "@pareidolia/persistence/files/releases/releaseWork";
import { cancelRelease, lockStudyState } from "@pareidolia/persistence/files/releases/writeReleases";
import type { StatementCase } from "./statementCase.ts";

const claim = { id: "release", claimToken: "token" };

export const releaseStatements: readonly StatementCase[] = [
  { call: (connection) => findReleases(connection, ["a", "b"]) },
  { call: (connection) => findReleasesOfStudy(connection, "study") },
  { call: (connection) => findReleaseImages(connection, "study") },
  { call: (connection) => findReleaseVoters(connection, "study") },
  { call: (connection) => findGenomeBytesByHash(connection, "study", "0".repeat(64)) },
  { call: (connection) => claimRelease(connection, "release") },
  { call: (connection) => reportRelease(connection, claim, { done: 1, total: 2 }) },
  { call: (_connection, transaction) => requeueReleases(transaction) },
  { rows: [{ state: "QUEUED" }], call: (_connection, transaction) => cancelRelease(transaction, "release") },
  { call: (connection) => lockStudyState(connection, "study") },
];
