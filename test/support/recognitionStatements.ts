/** Calls of the functions of persistence that send raw SQL about what people say. */

import type { EliteListFilter } from "@pareidolia/persistence/lab/elites/eliteConditions";
import * as elites from "@pareidolia/persistence/lab/elites/readElites";
import { countPerturbationResults, listPerturbationResults } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import { findClosedStudies, listClosedStudies } from "@pareidolia/persistence/lab/recognition/closedStudies";
import { type LabelledKind, labelledImages } from "@pareidolia/persistence/lab/recognition/labelledImages";
import * as recognition from "@pareidolia/persistence/lab/recognition/readRecognition";
import { findRecognitionOfRuns } from "@pareidolia/persistence/lab/recognition/readRunRecognition";
import { askAboutImages, clearRecognition, writeRecognition } from "@pareidolia/persistence/lab/recognition/writeRecognition";
import { countTrajectoryResults, listTrajectoryResults } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { openExperimentScope, openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const reader = { scope: openScope("workspace"), userId: "user" };
const ids = ["a", "b"];
const page: PageRequest = { limit: 10, backward: false, after: [0.5, "a", "b"], before: [0.5, "a", "b"] };
const people = { asked: true, minimumShare: 0, maximumShare: 1, minimumVotes: 1 };
const asked: EliteListFilter = { scope: reader.scope, current: true, people, closedStudies: ids };
const neverAsked: EliteListFilter = { scope: reader.scope, current: true, people: { asked: false }, closedStudies: ids };
const elsewhere: EliteListFilter = { ...asked, scope: openExperimentScope("experiment") };

const lists = [asked, neverAsked, elsewhere].flatMap((filter) =>
  (["storedFitness", "createdAt", "share", "votes"] as const).flatMap((field): StatementCase["call"][] => [
    (connection) => elites.listElites(connection, { filter, order: { field, direction: "DESC" }, page }),
    (connection) => elites.countElites({ connection, most: 10 }, { filter, order: { field, direction: "DESC" } }),
  ]),
);
const resultLists = [asked, neverAsked, elsewhere].flatMap(({ current: _current, ...filter }) =>
  (["storedConfidence", "createdAt", "share", "votes"] as const).flatMap((field): StatementCase["call"][] => {
    const list = { filter, order: { field, direction: "DESC" } } as const;
    return [
      (connection) => listTrajectoryResults(connection, { ...list, page }),
      (connection) => countTrajectoryResults({ connection, most: 10 }, list),
      (connection) => listPerturbationResults(connection, { ...list, page }),
      (connection) => countPerturbationResults({ connection, most: 10 }, list),
    ];
  }),
);

const calls: readonly StatementCase["call"][] = [
  ...lists,
  ...resultLists,
  (connection) => findClosedStudies(connection, { userId: "user", studyIds: ids }),
  (connection) => listClosedStudies(connection, reader),
  ...(Object.keys(labelledImages) as LabelledKind[]).map(
    (kind): StatementCase["call"] =>
      (connection) =>
        recognition.findRecognition(connection, { ...reader, kind, ids }),
  ),
  (connection) => findRecognitionOfRuns(connection, { ...reader, groups: [ids, ["a"]] }),
  (connection) => recognition.listStudiesOfImage(connection, { ...reader, imageSha256: "a", limit: 10 }),
  (connection) => recognition.findAnswersToImage(connection, { studyId: "study", index: 0, limit: 10 }),
  (connection) => recognition.findPlannedVoters(connection, "study"),
  (connection) => askAboutImages(connection, "study"),
  (connection) => writeRecognition(connection, "study", { images: 1, alternatives: 10, image: [0], voter: [0], agrees: [true] }),
  (connection) => clearRecognition(connection, { studyId: "study", indices: [0] }),
];

const byConfidence = { field: "storedFitness", direction: "DESC" } as const;
/** So many images are within the filter that the list starts at the elites. */
const many: StatementCase = {
  rows: [{ count: 1_000_000 }],
  call: (connection) =>
    Promise.resolve(
      elites.listElites(connection, { filter: asked, order: byConfidence, page: { ...page, after: null, before: null } }),
    ).catch(() => undefined),
};

export const recognitionStatements: readonly StatementCase[] = [...calls.map((call) => ({ call })), many];
