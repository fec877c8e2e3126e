/** Calls of the functions of persistence that send raw SQL about votes. */
import { openScope } from "@pareidolia/persistence/scope/openScope";
import { castVote, castVotes } from "@pareidolia/persistence/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/voting/finishVoting";
import { joinStudy } from "@pareidolia/persistence/voting/joinStudy";
import { findBallotImage } from "@pareidolia/persistence/voting/readBallotImage";
import { findBallotStudy, findStudyToWithdraw } from "@pareidolia/persistence/voting/readVoters";
import { undoVote } from "@pareidolia/persistence/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/voting/withdrawVoter";
import type { StatementCase } from "./statementCase.ts";

const vote = {
  voterId: "voter",
  trial: 0,
  role: "COUNTED",
  item: 0,
  submissionId: "submission",
  answer: { choice: 0 },
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
  sessionHash: "hash",
  withdrawalHashes: ["hash"],
  consentVersion: 1,
  language: "en",
  clientHash: null,
  screen: null,
  idempotencyKey: null,
  mostAnonymous: 1,
  assign: () => ({ items: [0], trialCount: 1 }),
};

export const votingStatements: readonly StatementCase[] = [
  { call: (connection) => findBallotImage(connection, "token") },
  { call: (connection) => findBallotStudy(connection, { id: "study" }) },
  { call: (connection) => findBallotStudy(connection, { linkToken: "token" }) },
  { call: (connection) => findBallotStudy(connection, { scope: openScope("workspace"), number: 1 }) },
  { call: (connection) => findStudyToWithdraw(connection, { linkToken: "token" }) },
  { rows: [{ submissionId: "submission" }], call: (connection) => castVote(connection, vote) },
  { rows: [{ trial: 0, submissionId: "submission" }], call: (connection) => castVotes(connection, "voter", [vote]) },
  // Without rows, the voter has withdrawn.
  { call: (connection) => Promise.resolve(castVote(connection, vote)).catch(() => undefined) },
  { rows: [{ finishedAt: null, trial: 0 }], call: (_, transaction) => undoVote(transaction, { voterId: "voter", trial: 0 }) },
  {
    rows: [{ finishedAt: null, studyId: "study", trialCount: 0 }],
    call: (_, transaction) => finishVoting(transaction, "voter"),
  },
  { rows: [{ studyId: "study", all: 1, counted: 1 }], call: (_, transaction) => withdrawVoter(transaction, "voter") },
  { rows: [{ lastVoterNumber: 0, state: "OPEN" }], call: (_, transaction) => joinStudy(transaction, newVoter) },
];
