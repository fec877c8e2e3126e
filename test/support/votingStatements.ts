/** Calls of the functions of persistence that send raw SQL about votes. */

import type { Connection, Transaction } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { voterNetworks } from "@pareidolia/persistence/studies/cleanUps/voterNetworks";
import { raiseVoterLimit } from "@pareidolia/persistence/studies/studies/raiseVoterLimit";
import { castVote, castVotes } from "@pareidolia/persistence/studies/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/studies/voting/finishVoting";
import { joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import { countTakenPlaces, findLeasedTrials, holdAgain, leaseTrials } from "@pareidolia/persistence/studies/voting/places";
import { findBallotImageStudy } from "@pareidolia/persistence/studies/voting/readBallotImage";
import { countPlaces, listPlaces, removeVoters, summarisePlaces } from "@pareidolia/persistence/studies/voting/readPlaces";
import { findBallotStudy, findStudyToWithdraw } from "@pareidolia/persistence/studies/voting/readVoters";
import { undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import type { StatementCase } from "./statementCase.ts";

const vote = {
  voterId: "voter",
  trial: 0,
  role: "COUNTED",
  item: 0,
  repeated: false,
  submissionId: "submission",
  answer: { choice: 0 },
  timedOut: false,
  agrees: true,
  responseMs: 1,
  timing: {},
  votedAt: new Date(0),
} as const;

const newVoter = {
  studyId: "study",
  userId: null,
  insider: false,
  still: false,
  stillLeftOut: true,
  countsJudged: true,
  sessionHash: "hash",
  withdrawalHashes: ["hash"],
  consentVersion: 1,
  language: "en",
  clientHash: null,
  screen: null,
  idempotencyKey: null,
  maxAnonymous: 1,
  assign: () => ({ items: [0], trialCount: 1 }),
};

export const votingStatements: readonly StatementCase[] = [
  { call: (connection) => findBallotImageStudy(connection, "key") },
  { call: (connection) => countTakenPlaces(connection, "study") },
  { rows: [{ studyId: "study", taken: 0 }], call: (_, transaction) => holdAgain(transaction, { voterId: "voter", maxAnonymous: 1 }) },
  { call: (connection) => findLeasedTrials(connection, "voter", [0]) },
  { call: (connection) => leaseTrials(connection, { voterId: "voter", from: 0, count: 1 }) },
  { call: (connection) => listPlaces(connection, { studyId: "study", page: { limit: 1, backward: false, after: null, before: null } }) },
  { call: (connection) => countPlaces({ connection, most: 10 }, "study") },
  { call: (connection) => summarisePlaces(connection, "study") },
  {
    rows: [{ id: "voter", number: 0, studyId: "study" }],
    call: (_, transaction) => removeVoters(transaction, { studyId: "study", numbers: [0] }),
  },
  { rows: [{ before: 1, votes: true }], call: (_, transaction) => raiseVoterLimit(transaction, { studyId: "study", limit: 2 }) },
  {
    rows: [{ count: 1, byteLength: 1 }],
    call: (connection) =>
      voterNetworks.cleanUp({
        database: { connection } as never,
        objectStore: null as never,
        dryRun: false,
        signal: new AbortController().signal,
      }),
  },
  { call: (connection) => findBallotStudy(connection, { id: "study" }) },
  { call: (connection) => findBallotStudy(connection, { linkToken: "token" }) },
  { call: (connection) => findBallotStudy(connection, { scope: openScope("workspace"), number: 1 }) },
  { call: (connection) => findStudyToWithdraw(connection, { linkToken: "token" }) },
  { rows: [{ submissionId: "submission" }], call: (connection) => castVote(connection, vote) },
  {
    rows: [{ trial: 0, submissionId: "submission" }],
    call: (connection) => castVotes(connection, { voterId: "voter", votes: [vote], judge: async () => new Set() }),
  },
  // Without rows, the voter has withdrawn.
  { call: (connection) => Promise.resolve(castVote(connection, vote)).catch(() => undefined) },
  ...[true, false].map((open) => ({
    rows: [{ finishedAt: null, trial: 0, open }],
    call: (_: Connection, transaction: Transaction) => undoVote(transaction, { voterId: "voter", trial: 0, undoneAt: null }),
  })),
  {
    rows: [{ finishedAt: null, studyId: "study", trialCount: 0 }],
    call: (_, transaction) => finishVoting(transaction, "voter"),
  },
  { rows: [{ studyId: "study", all: 1, counted: 1 }], call: (_, transaction) => withdrawVoter(transaction, "voter") },
  { rows: [{ lastVoterNumber: 0, state: "OPEN" }], call: (_, transaction) => joinStudy(transaction, newVoter) },
];
