/** A row for each query that pages show for programs, with its arguments from a filled workspace. */

import { ablationQuery, survivalQuery } from "../../apps/web/src/features/analyses/eliteAnalysisQueries.ts";
import { keysQuery } from "../../apps/web/src/features/apiKeys/keysFile.ts";
import { curveQuery } from "../../apps/web/src/features/ascent/curveQuery.ts";
import { trajectoriesQuery } from "../../apps/web/src/features/ascent/trajectoriesQuery.ts";
import { trajectoryQueryText } from "../../apps/web/src/features/ascent/trajectoryDocument.ts";
import { auditQuery } from "../../apps/web/src/features/audit/auditQuery.ts";
import { bulkQueriesQuery, exampleQuery } from "../../apps/web/src/features/bulkQueries/bulkTexts.ts";
import { chainQuery } from "../../apps/web/src/features/chains/chainQuery.ts";
import { chainsQuery } from "../../apps/web/src/features/chains/chainsFile.ts";
import { comparedFields, savedTestFields, testFields } from "../../apps/web/src/features/comparison/comparedFields.ts";
import { queryOf } from "../../apps/web/src/features/comparison/queryOf.ts";
import { configurationsQuery } from "../../apps/web/src/features/configurations/configurationsQuery.ts";
import { ancestryQuery } from "../../apps/web/src/features/elite/ancestryQuery.ts";
import { eliteQueryText } from "../../apps/web/src/features/elite/eliteQueryText.ts";
import { emailsQuery } from "../../apps/web/src/features/emails/emailsFile.ts";
import { statisticsQuery } from "../../apps/web/src/features/evolution/statisticsQuery.ts";
import { experimentsQuery } from "../../apps/web/src/features/experiments/experimentsFile.ts";
import { exportsQuery } from "../../apps/web/src/features/exports/exportTexts.ts";
import { galleryQuery } from "../../apps/web/src/features/gallery/galleryText.ts";
import { demoRun } from "../../apps/web/src/features/home/demoRun.ts";
import {
  importedCurveQuery,
  importedHistoriesQuery,
  importedImagesQuery,
  importedMetricsQuery,
} from "../../apps/web/src/features/imported/importedQueries.ts";
import { importsQuery } from "../../apps/web/src/features/imports/importsFile.ts";
import { invitationsQuery, membersQuery } from "../../apps/web/src/features/members/membersFile.ts";
import { modelsQuery, refusedModelsQuery } from "../../apps/web/src/features/models/modelsFile.ts";
import { startEvolutionQueries } from "../../apps/web/src/features/newRun/startEvolutionQuery.ts";
import { roomAgreementQuery, roomVotesQuery } from "../../apps/web/src/features/norming/roomQueries.ts";
import { roomsQuery } from "../../apps/web/src/features/norming/roomsQuery.ts";
import { notificationsQuery } from "../../apps/web/src/features/notifications/notificationsFile.ts";
import { paletteQueryText } from "../../apps/web/src/features/palette/paletteQueryText.ts";
import { perturbationQueryText } from "../../apps/web/src/features/perturbation/perturbationDocument.ts";
import { perturbationsQuery } from "../../apps/web/src/features/perturbation/perturbationsQuery.ts";
import { sessionsQuery } from "../../apps/web/src/features/profile/sessionsFile.ts";
import { curvesQuery } from "../../apps/web/src/features/publicExperiments/curvesQuery.ts";
import { publicExperimentsQuery, publicRunsQuery } from "../../apps/web/src/features/publicExperiments/publicFiles.ts";
import type { ShownQuery } from "../../apps/web/src/features/queries/shownQuery.ts";
import { storageQuery } from "../../apps/web/src/features/quotas/storageKinds.ts";
import { releasesQuery } from "../../apps/web/src/features/releases/releaseTexts.ts";
import { reportQuery, reportsQuery } from "../../apps/web/src/features/reports/reportsFile.ts";
import { previewQuery } from "../../apps/web/src/features/retention/previewFile.ts";
import { rulesQuery } from "../../apps/web/src/features/retention/rulesFile.ts";
import {
  detectorsQuery,
  difficultyQuery,
  goalSwitchesQuery,
  labelDistanceQuery,
  relatedPairsQuery,
} from "../../apps/web/src/features/runAnalyses/analysisQueries.ts";
import { groupsQuery, runsQuery } from "../../apps/web/src/features/runsTable/queryTexts.ts";
import { queryOfSaved } from "../../apps/web/src/features/savedComparisons/savedComparison.ts";
import { savedComparisonsQuery } from "../../apps/web/src/features/savedComparisons/savedComparisonsFile.ts";
import { studiesQuery } from "../../apps/web/src/features/studies/studiesFile.ts";
import { imagesQuery } from "../../apps/web/src/features/study/imagesQuery.ts";
import { draftQuery } from "../../apps/web/src/features/studyBuilder/draftQuery.ts";
import { comparisonQuery, plansQuery } from "../../apps/web/src/features/studyComparison/readComparison.ts";
import { assignmentsQuery } from "../../apps/web/src/features/studyMembers/assignmentsFile.ts";
import { resultQuery } from "../../apps/web/src/features/studyResults/readResults.ts";
import * as sweepQueries from "../../apps/web/src/features/sweeps/sweepQueries.ts";
import { sweepsQuery } from "../../apps/web/src/features/sweeps/sweepsFile.ts";
import { tagsQuery } from "../../apps/web/src/features/tags/tagsFile.ts";
import { codingQuery } from "../../apps/web/src/features/textCoding/codingQuery.ts";
import { commentsQuery } from "../../apps/web/src/features/tracking/commentsFile.ts";
import { imageScoresQuery, transferQuery } from "../../apps/web/src/features/transfer/transferQueries.ts";
import { contentsQuery } from "../../apps/web/src/features/trash/contentsFile.ts";
import { trashQuery } from "../../apps/web/src/features/trash/trashFile.ts";
import { photosQuery, uploadsQuery } from "../../apps/web/src/features/uploads/uploadsFile.ts";
import { deliveriesQuery, webhooksQuery } from "../../apps/web/src/features/webhooks/deliveryRows.ts";
import { analysisQueueQuery, cleanUpsQuery, workersQuery } from "../../apps/web/src/features/workers/workersFile.ts";
import { workspacesQuery } from "../../apps/web/src/features/workspaces/deletedFile.ts";
import { receivedInvitationsQuery } from "../../apps/web/src/features/workspaces/receivedInvitations.ts";
import type { RetentionRuleInput } from "../../apps/web/src/graphql/generated/graphql.ts";
import type { Filled } from "../matrix/things.ts";

/** The name of the function or constant that makes the texts. */
export type ShownRow = readonly [name: string, texts: readonly (string | ShownQuery)[]];

const search = `name = "it's \\"quoted\\" $(id)" OR name != ""`;

const galleries = [
  { search: 'class = "a \\"b\\"" AND votes > 1', sort: { column: "confidence", direction: "DESC" }, ids: null },
  { search: "", sort: { column: "created", direction: "ASC" }, ids: ["RWxpdGU6eA"] },
] as const;

const rules: readonly RetentionRuleInput[] = [
  { action: "DELETE_TRASHED", days: 30 },
  { action: "TRASH_RUNS", days: 1, states: ["FAILED", "CRASHED"], kinds: [], archived: null, withoutTag: "paper", keepPinned: true },
];

interface Compared {
  /** Numbers of two runs of one model. */
  readonly numbers: readonly number[];
  /** Keys of two studies that were opened. */
  readonly studies: readonly string[];
}

export function shownRows({ nodes, runs, draftStudy }: Filled, { numbers, studies }: Compared): readonly ShownRow[] {
  const entries = numbers.map((number) => [number]);
  const demo = { modelId: nodes.Model, ...demoRun };
  const list = { search, experimentId: nodes.Experiment, sort: { column: "updated", direction: "DESC" } };
  return [
    ["ablationQuery", [ablationQuery(nodes.Elite)]],
    ["survivalQuery", [survivalQuery(nodes.Elite)]],
    ["trajectoriesQuery", [trajectoriesQuery(runs.ascent, null), trajectoriesQuery(runs.ascent, 1)]],
    ["trajectoryQueryText", [trajectoryQueryText(nodes.Trajectory)]],
    ["chainQuery", [chainQuery(nodes.Chain)]],
    ["chainsQuery", [chainsQuery]],
    [
      "queryOf",
      [
        comparedFields.settings,
        comparedFields.claims,
        comparedFields.curves,
        comparedFields.figures,
        comparedFields.reach,
        comparedFields.images,
        comparedFields.parallel,
        testFields("MEDIAN", null),
        testFields("FIRST_REACHED", 0),
      ].map((fields) => queryOf(entries, fields, 1)),
    ],
    [
      "queryOfSaved",
      [
        comparedFields.settings,
        comparedFields.claims,
        comparedFields.curves,
        comparedFields.figures,
        comparedFields.reach,
        comparedFields.savedImages,
        savedTestFields("FOOLING"),
      ].map((fields) => queryOfSaved(nodes.SavedComparison, fields)),
    ],
    ["configurationsQuery", [configurationsQuery(runs.ascent)]],
    ["eliteQueryText", [eliteQueryText(nodes.Elite)]],
    ["statisticsQuery", [statisticsQuery(runs.evolution)]],
    ["experimentsQuery", [experimentsQuery({ search, sort: { column: "updated", direction: "DESC" } })]],
    ["exportsQuery", [exportsQuery(null), exportsQuery({ type: "Run", key: runs.evolution })]],
    ["importedMetricsQuery", [importedMetricsQuery(runs.imported)]],
    ["importedCurveQuery", [importedCurveQuery(runs.imported)]],
    ["importedHistoriesQuery", [importedHistoriesQuery(runs.imported)]],
    ["importedImagesQuery", [importedImagesQuery(runs.imported)]],
    ["modelsQuery", [modelsQuery]],
    // Another second mutation is the same as the first.
    [
      "startEvolutionQueries",
      [...startEvolutionQueries({ name: 'It\'s "new" `id`' }, demo), ...startEvolutionQueries({ id: "EXP-1" }, demo)],
    ],
    ["roomAgreementQuery", [roomAgreementQuery(nodes.NormingRoom)]],
    ["roomVotesQuery", [roomVotesQuery(nodes.NormingRoom, 0)]],
    [
      "paletteQueryText",
      [paletteQueryText({}), paletteQueryText({ labelContains: "o'\"" }), paletteQueryText({ labelContains: "3", encoding: ["cppn"] })],
    ],
    ["perturbationQueryText", [perturbationQueryText(nodes.Perturbation)]],
    ["perturbationsQuery", [perturbationsQuery(runs.perturbation)]],
    ["curvesQuery", [curvesQuery([runs.evolution])]],
    ["detectorsQuery", [detectorsQuery(runs.evolution)]],
    ["difficultyQuery", [difficultyQuery(runs.evolution)]],
    ["goalSwitchesQuery", [goalSwitchesQuery(runs.evolution)]],
    ["labelDistanceQuery", [labelDistanceQuery(runs.evolution)]],
    ["relatedPairsQuery", [relatedPairsQuery(runs.evolution)]],
    ["runsQuery", [runsQuery({ ...list, columns: ["name", "median"] }), runsQuery({ ...list, columns: ["name"], people: true })]],
    ["groupsQuery", [groupsQuery({ ...list, sort: { column: "n", direction: "DESC" }, groupBy: ["encoding"], measures: ["median"] })]],
    ["savedComparisonsQuery", [savedComparisonsQuery]],
    ["studiesQuery", [studiesQuery]],
    ["imagesQuery", [imagesQuery(nodes.Study)]],
    ["draftQuery", [draftQuery(draftStudy)]],
    ["comparisonQuery", [comparisonQuery(studies)]],
    ["plansQuery", [plansQuery(studies)]],
    ["resultQuery", [resultQuery(nodes.Study, "plane"), resultQuery(nodes.Study, "agreement", "consistency")]],
    ["resultsQuery", [sweepQueries.resultsQuery(nodes.Sweep)]],
    ["rungsQuery", [sweepQueries.rungsQuery(nodes.Sweep)]],
    ["bestImagesQuery", [sweepQueries.bestImagesQuery(nodes.Sweep, null), sweepQueries.bestImagesQuery(nodes.Sweep, 0)]],
    ["recipeQuery", [sweepQueries.recipeQuery(nodes.Sweep)]],
    ["logQuery", [sweepQueries.logQuery(nodes.Sweep)]],
    ["importanceQuery", [sweepQueries.importanceQuery(nodes.Sweep)]],
    ["sweepsQuery", [sweepsQuery]],
    ["tagsQuery", [tagsQuery]],
    ["imageScoresQuery", [imageScoresQuery(nodes.Image)]],
    ["transferQuery", [transferQuery({ experimentId: nodes.Experiment }), transferQuery({ runIds: [runs.evolution] })]],
    ["trashQuery", [trashQuery]],
    ["deliveriesQuery", [deliveriesQuery(nodes.Webhook)]],
    ["webhooksQuery", [webhooksQuery]],
    ["keysQuery", [keysQuery(true), keysQuery(false)]],
    ["curveQuery", [curveQuery(nodes.Trajectory)]],
    ["bulkQueriesQuery", [bulkQueriesQuery]],
    ["exampleQuery", [{ title: "Example", document: exampleQuery, variables: { experiment: nodes.Experiment } }]],
    ["ancestryQuery", [ancestryQuery(nodes.Elite)]],
    ["emailsQuery", [emailsQuery]],
    ["galleryQuery", galleries.map(galleryQuery)],
    ["importsQuery", [importsQuery]],
    ["invitationsQuery", [invitationsQuery]],
    ["membersQuery", [membersQuery]],
    ["receivedInvitationsQuery", [receivedInvitationsQuery]],
    ["sessionsQuery", [sessionsQuery]],
    ["refusedModelsQuery", [refusedModelsQuery]],
    ["roomsQuery", [roomsQuery(nodes.Study)]],
    ["codingQuery", [codingQuery(nodes.Study)]],
    ["notificationsQuery", [notificationsQuery(false), notificationsQuery(true)]],
    ["publicExperimentsQuery", [publicExperimentsQuery]],
    ["publicRunsQuery", [publicRunsQuery(nodes.Experiment)]],
    ["storageQuery", [storageQuery]],
    ["releasesQuery", [releasesQuery(nodes.Study)]],
    ["reportsQuery", [reportsQuery]],
    ["reportQuery", [reportQuery("none", "claims { id statement paper ours verdict reason }")]],
    ["rulesQuery", [rulesQuery]],
    ["commentsQuery", [commentsQuery(runs.evolution), commentsQuery(nodes.Experiment)]],
    ["photosQuery", [photosQuery]],
    ["uploadsQuery", [uploadsQuery]],
    ["analysisQueueQuery", [analysisQueueQuery]],
    ["cleanUpsQuery", [cleanUpsQuery]],
    ["workersQuery", [workersQuery]],
    [
      "auditQuery",
      [auditQuery({}), auditQuery({ search: 'a "b"', userId: null, actions: ["run:start"], from: "2026-01-01T00:00:00.000Z" })],
    ],
    ["previewQuery", rules.map(previewQuery)],
    ["contentsQuery", [contentsQuery([nodes.Run, nodes.Experiment])]],
    ["assignmentsQuery", [assignmentsQuery(nodes.Study)]],
    ["workspacesQuery", [workspacesQuery]],
  ];
}
