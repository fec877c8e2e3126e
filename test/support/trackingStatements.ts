/** Calls of the statements about tags, pins, comments, and changes of many runs. */
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import * as readComments from "@pareidolia/persistence/lab/comments/readComments";
import * as writeComments from "@pareidolia/persistence/lab/comments/writeComments";
import { countMentions, listMentions } from "@pareidolia/persistence/lab/mentions/listMentions";
import { lockPins } from "@pareidolia/persistence/lab/pins/pins";
import { copyRuns, findRerunObstacles } from "@pareidolia/persistence/lab/runs/rerunRuns";
import * as readTags from "@pareidolia/persistence/lab/tags/readTags";
import * as writeTags from "@pareidolia/persistence/lab/tags/writeTags";
import { assignRuns, moveRuns } from "@pareidolia/persistence/lab/tracking/editRuns";
import { lockSubjects } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyChanges, notifyEverything } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import { readChanges, readPlace } from "@pareidolia/persistence/lab/tracking/readChanges";
import { renumberRestoredLog } from "@pareidolia/persistence/lab/tracking/renumberRestoredLog";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const ids = ["a", "b"];
const kinds = ["Run", "Experiment"] as const;
const page: PageRequest = { limit: 10, backward: false, after: ["x", "y"], before: ["x", "y"] };
/** What each statement of `editTags` and `copyRuns` finds, so that all of them are sent. */
const found = { id: "tag", name: "add", subjectId: "a", tagId: "tag", lastRunNumber: 2 };
const edits = [{ id: "a", add: ["add"], remove: ["add"] }];

const calls: readonly StatementCase["call"][] = [
  (connection) => readTags.listTags(connection, { scope, search: "a" }, { ...page, after: ["x"], before: ["y"] }),
  (connection) => readTags.countTags({ connection, most: 10 }, { scope, search: "a" }),
  (connection) => readTags.findTags(connection, ids),
  (connection) => readTags.countTagUses(connection, ids),
  (connection) => writeTags.lockTag(connection, "tag"),
  (connection) => writeTags.mergeTag(connection, { id: "tag", intoId: "other" }),
  (connection) => findRerunObstacles(connection, ids),
  (connection) => lockPins(connection, "user"),
  (connection) => lockFieldsOf(connection, "view"),
  (connection) => assignRuns(connection, [{ id: "run", assigneeId: null }]),
  (connection) => moveRuns(connection, [{ id: "run", experimentId: "experiment" }], ids),
  (connection) => notifyChanges(connection, scope, { runIds: ids }),
  (connection) => notifyEverything(connection, scope),
  (connection) => readPlace(connection),
  (connection) => readChanges(connection, scope, { since: { position: 7, snapshot: "7:9:8" }, most: 10 }),
  (connection) => readComments.findComments(connection, ids),
  (connection) => listMentions(connection, { scope, id: "a", key: "RUN-1" }, page),
  (connection) => countMentions({ connection, most: 10 }, { scope, id: "a", key: "RUN-1" }),
  (connection) => writeComments.lockComment(connection, "comment"),
  (connection) => writeComments.lockDeletedComment(connection, scope, "comment"),
  ...kinds.flatMap((kind): StatementCase["call"][] => [
    (connection) => lockSubjects(connection, { scope, kind, ids, numbers: [1] }),
    (connection) => readTags.findTagsOf(connection, kind, ids),
    (connection) => writeTags.countTagsOf(connection, kind, ids),
    (connection) => readComments.listComments(connection, { scope, kind, id: "a" }, page),
    (connection) => readComments.countComments({ connection, most: 10 }, { scope, kind, id: "a" }),
  ]),
];

export const trackingStatements: readonly StatementCase[] = [
  ...calls.map((call) => ({ call })),
  { rows: [{}], call: (_connection, transaction) => renumberRestoredLog(transaction) },
  ...kinds.map((kind): StatementCase => ({ rows: [found], call: (connection) => writeTags.editTags(connection, { scope, kind, edits }) })),
  ...(["same", "next"] as const).map(
    (seeds): StatementCase => ({
      rows: [found],
      call: (connection) => {
        const sources = [{ id: "run", experimentId: "experiment" }];
        return copyRuns(connection, { scope, createdById: "user", sources, seeds, idempotencyKey: null });
      },
    }),
  ),
];
