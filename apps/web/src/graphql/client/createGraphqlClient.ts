/** The one GraphQL client of the browser: a normalised cache, queries over HTTP, subscriptions over a WebSocket. */
import { type Cache, cacheExchange } from "@urql/exchange-graphcache";
import { type Client, createClient, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { noteAnswer } from "./failedAnswers.ts";
import { fetchInTime } from "./fetchInTime.ts";
import { createNewestRuns } from "./newestRuns.ts";
import { resumingSubscription } from "./resumingSubscription.ts";

/** These have no identity of their own: they live inside the entity that holds them. */
const embedded = [
  "AblatedRegion",
  "Ablation",
  "AnalysisConnection",
  "AnalysisEdge",
  "Ancestor",
  "AscentConfiguration",
  "ChainConnection",
  "ChainDataset",
  "ChainEdge",
  "ChainElite",
  "ChainLink",
  "ClassDifficulty",
  "ClassProbability",
  "CurvePoint",
  "DetectorPoint",
  "Difficulty",
  "Diversity",
  "EliteConnection",
  "EliteEdge",
  "EncodingDefinition",
  "ExperimentConnection",
  "ExperimentEdge",
  "Framing",
  "GenerationStatistics",
  "GenomeConnection",
  "GenomeEdge",
  "GoalSwitch",
  "ImageConnection",
  "ImageEdge",
  "LabelDistance",
  "MethodDefinition",
  "Milestone",
  "ModelConnection",
  "ModelEdge",
  "Outcome",
  "ModelUsage",
  "PageInfo",
  "ParameterSpec",
  "PerturbationConnection",
  "PerturbationEdge",
  "PhotoConnection",
  "PhotoEdge",
  "Phylogeny",
  "PhylogenyNode",
  "Preset",
  "Quantile",
  "RelatedPair",
  "Relatedness",
  "RelatednessBand",
  "ReportClaim",
  "ReportConnection",
  "ReportCurves",
  "ReportEdge",
  "ReportExperiment",
  "ReportRow",
  "ReportSeries",
  "RunConnection",
  "RunContents",
  "RunEdge",
  "RunEvent",
  "RunEventConnection",
  "RunEventEdge",
  "RunKind",
  "ScoreConnection",
  "ScoreEdge",
  "SearchedChoice",
  "SearchedParameter",
  "Share",
  "SourceCrop",
  "Survival",
  "SurvivalCurve",
  "SurvivalPoint",
  "TrajectoryConnection",
  "TrajectoryEdge",
  "TrajectoryMilestone",
  "TransferCell",
  "TransferMatrix",
  "UploadConnection",
  "UploadEdge",
  "Viewer",
] as const;

/** Lists and counts that a mutation changes are fetched anew the next time somebody looks. */
const listFields = new Set(["chains", "experiments", "models", "photos", "runs", "uploads", "viewer"]);
/** Lists that lose rows with a deletion. */
const resultFields = new Set([...listFields, "analyses", "elites", "images", "perturbations", "scores", "trajectories", "transferMatrix"]);

export function createGraphqlClient(): Client {
  const newestRuns = createNewestRuns();
  const forgetLists = (cache: Cache, fields: ReadonlySet<string> = listFields) => {
    for (const field of cache.inspectFields("Query"))
      if (fields.has(field.fieldName)) cache.invalidate("Query", field.fieldName, field.arguments);
  };
  return createClient({
    url: "/graphql",
    fetch: fetchInTime,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        keys: Object.fromEntries(embedded.map((name) => [name, () => null])),
        updates: {
          Mutation: {
            createExperiment: (_result, _args, cache) => forgetLists(cache),
            archiveExperiment: (_result, _args, cache) => forgetLists(cache),
            startRun: (_result, _args, cache) => forgetLists(cache),
            startAscent: (_result, _args, cache) => forgetLists(cache),
            startPerturbation: (_result, _args, cache) => forgetLists(cache),
            startChain: (_result, _args, cache) => forgetLists(cache),
            registerModel: (_result, _args, cache) => forgetLists(cache),
            uploadImage: (_result, _args, cache) => forgetLists(cache),
            deleteRun: (_result, _args, cache) => forgetLists(cache, resultFields),
            deleteModel: (_result, _args, cache) => forgetLists(cache, resultFields),
            deletePhoto: (_result, _args, cache) => forgetLists(cache, resultFields),
            deleteUpload: (_result, _args, cache) => forgetLists(cache, resultFields),
          },
        },
      }),
      // What came beside an error is no answer to a question: "node" would be null as if there were none, and what a page keeps would
      // give way to it. A mutation has made what it tells, and an event has happened, also where a part of it could not be read.
      mapExchange({
        onResult(result) {
          noteAnswer(result);
          return { ...result, data: result.error && result.operation.kind === "query" ? undefined : newestRuns(result.data) };
        },
      }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: resumingSubscription }),
    ],
  });
}
