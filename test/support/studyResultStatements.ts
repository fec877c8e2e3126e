/** Calls of the functions of persistence that send raw SQL about the votes and results of studies. */
import { markRecoded, markRescored } from "@pareidolia/persistence/lab/scores/markRescored";
import { findVoterStates, findVotersWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import { findResultSource, findStudiesToCompute, storeStudyResults } from "@pareidolia/persistence/studies/studies/studyResults";
import { countCodes, findGivenTexts } from "@pareidolia/persistence/studies/textCodes/readTextCodes";
import type { StatementCase } from "./statementCase.ts";

const study = {
  studyId: "study",
  planText: "{}",
  planHash: "hash",
  voteCount: 1,
  readAt: new Date(0),
  state: "1 0",
  withdrawn: 0,
  rescored: [1n],
  coded: [],
};

export const studyResultStatements: readonly StatementCase[] = [
  { call: (connection) => markRescored(connection, { modelId: "model", images: ["image"] }) },
  { call: (connection) => markRecoded(connection, "study") },
  { call: (connection) => findGivenTexts(connection, "study") },
  { call: (connection) => countCodes(connection, { studyId: "study", texts: ["a dog"] }) },
  { call: (connection) => findVoterStates(connection, "study") },
  { call: (connection) => findVotersWithVotes(connection, { studyId: "study", numbers: [0, 1] }) },
  { rows: [study], call: (connection) => findResultSource(connection, "study") },
  {
    rows: [study],
    call: (_connection, transaction) =>
      storeStudyResults(transaction, study, {
        results: [{ kind: "plane", text: "{}" }],
        recognition: { images: 1, alternatives: 10, image: [0], voter: [0], agrees: [true] },
      }),
  },
  { call: (_connection, transaction) => findStudiesToCompute(transaction, ["plane", "summary"]) },
];
