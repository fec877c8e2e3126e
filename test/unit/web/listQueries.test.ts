/** The queries that lists show for programs are accepted by the API's schema. */
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { keysQuery } from "../../../apps/web/src/features/apiKeys/keysFile.ts";
import { curveQuery } from "../../../apps/web/src/features/ascent/curveQuery.ts";
import { chainsQuery } from "../../../apps/web/src/features/chains/chainsFile.ts";
import { ancestryQuery } from "../../../apps/web/src/features/elite/ancestryQuery.ts";
import { emailsQuery } from "../../../apps/web/src/features/emails/emailsFile.ts";
import { experimentsQuery } from "../../../apps/web/src/features/experiments/experimentsFile.ts";
import { exportsQuery } from "../../../apps/web/src/features/exports/exportTexts.ts";
import { galleryQuery } from "../../../apps/web/src/features/gallery/galleryText.ts";
import { importsQuery } from "../../../apps/web/src/features/imports/importsFile.ts";
import { invitationsQuery, membersQuery } from "../../../apps/web/src/features/members/membersFile.ts";
import { modelsQuery, refusedModelsQuery } from "../../../apps/web/src/features/models/modelsFile.ts";
import { roomsQuery } from "../../../apps/web/src/features/norming/roomsQuery.ts";
import { notificationsQuery } from "../../../apps/web/src/features/notifications/notificationsFile.ts";
import { publicExperimentsQuery, publicRunsQuery } from "../../../apps/web/src/features/publicExperiments/publicFiles.ts";
import { storageQuery } from "../../../apps/web/src/features/quotas/storageKinds.ts";
import { releasesQuery } from "../../../apps/web/src/features/releases/releaseTexts.ts";
import { reportQuery, reportsQuery } from "../../../apps/web/src/features/reports/reportsFile.ts";
import { rulesQuery } from "../../../apps/web/src/features/retention/rulesFile.ts";
import { savedComparisonsQuery } from "../../../apps/web/src/features/savedComparisons/savedComparisonsFile.ts";
import { studiesQuery } from "../../../apps/web/src/features/studies/studiesFile.ts";
import { sweepsQuery } from "../../../apps/web/src/features/sweeps/sweepsFile.ts";
import { tagsQuery } from "../../../apps/web/src/features/tags/tagsFile.ts";
import { commentsQuery } from "../../../apps/web/src/features/tracking/commentsFile.ts";
import { trashQuery } from "../../../apps/web/src/features/trash/trashFile.ts";
import { photosQuery, uploadsQuery } from "../../../apps/web/src/features/uploads/uploadsFile.ts";
import { analysisQueueQuery, cleanUpsQuery, workersQuery } from "../../../apps/web/src/features/workers/workersFile.ts";

const schema = buildSchema(readFileSync(new URL("../../../apps/api/schema.graphql", import.meta.url), "utf8"));

it.each([
  ["experiments", experimentsQuery({ search: 'name = "a \\"b\\""', sort: { column: "updated", direction: "DESC" } })],
  ["sweeps", sweepsQuery],
  ["studies", studiesQuery],
  ["models", modelsQuery],
  ["chains", chainsQuery],
  ["saved comparisons", savedComparisonsQuery],
  ["tags", tagsQuery],
  ["the trash", trashQuery],
  ["refused models", refusedModelsQuery],
  ["notifications", notificationsQuery(false)],
  ["unread notifications", notificationsQuery(true)],
  ["imports", importsQuery],
  ["exports", exportsQuery({ type: "Experiment", key: "EXP-1" })],
  ["releases", releasesQuery("STU-1")],
  ["keys", keysQuery(true)],
  ["members", membersQuery],
  ["invitations", invitationsQuery],
  ["e-mails", emailsQuery],
  ["retention rules", rulesQuery],
  ["photographs", photosQuery],
  ["uploads", uploadsQuery],
  ["storage", storageQuery],
  ["workers", workersQuery],
  ["clean-ups", cleanUpsQuery],
  ["analyses", analysisQueueQuery],
  ["comments on a run", commentsQuery("RUN-1")],
  ["comments on an experiment", commentsQuery("EXP-1")],
  ["norming rooms", roomsQuery("STU-1")],
  ["public experiments", publicExperimentsQuery],
  ["public runs", publicRunsQuery("id")],
  ["reports", reportsQuery],
  ["claims", reportQuery("id", "claims { id statement paper ours verdict reason }")],
  ["an elite’s ancestry", ancestryQuery("id")],
  ["a trajectory’s curve", curveQuery("id")],
  [
    "the gallery",
    galleryQuery(
      "elites",
      {
        filter: { label: ['a "b"'], minimumConfidence: 0.99, current: true, people: { asked: true } },
        orderBy: { field: "STORED_FITNESS", direction: "DESC" },
      },
      "id label",
    ),
  ],
  ["an unfiltered gallery", galleryQuery("trajectories", { filter: {}, orderBy: { field: "CREATED_AT", direction: "ASC" } }, "id")],
])("the query of %s is valid", (_list, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
});
