/** Gathers what one request reads of a kind into one call of its service. A loader lives as long as its request. */
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { survival } from "@pareidolia/analysis/kinds/survival";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ModelUsage } from "@pareidolia/persistence/deletion/modelDeletion";
import type { RunContents } from "@pareidolia/persistence/deletion/runDeletion";
import type { AnalysisRecord } from "@pareidolia/persistence/queries/analysisQueries";
import type { ChainEliteRecord, ChainLinkRecord, ChainRecord } from "@pareidolia/persistence/queries/chainQueries";
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { ExperimentRecord, ExperimentSummary } from "@pareidolia/persistence/queries/experimentQueries";
import type { GenomeRecord } from "@pareidolia/persistence/queries/genomeQueries";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import type { OutcomeRecord } from "@pareidolia/persistence/queries/outcomeQueries";
import type { PerturbationRecord } from "@pareidolia/persistence/queries/perturbationQueries";
import type { PhotoRecord } from "@pareidolia/persistence/queries/photoQueries";
import type { GenerationRecord, MilestoneRecord } from "@pareidolia/persistence/queries/runHistory";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import type { ScoreRecord } from "@pareidolia/persistence/queries/scoreQueries";
import type { TrajectoryCurveRecord, TrajectoryMilestoneRecord, TrajectoryRecord } from "@pareidolia/persistence/queries/trajectoryQueries";
import type { WorkerRecord } from "@pareidolia/persistence/queries/workerQueries";
import type { UserRecord, WorkspaceRecord } from "@pareidolia/persistence/queries/workspaceQueries";
import DataLoader from "dataloader";
import type { AscentConfiguration, TrajectoriesOfConfiguration } from "./configuration/configuration.service.ts";
import type { StatisticsOfRun } from "./run/run.service.ts";
import type { Services } from "./services.ts";
import type { BestOfRun } from "./trajectory/trajectory.service.ts";

type Load<Row> = DataLoader<string, Row>;

export interface Loaders {
  readonly user: Load<UserRecord | null>;
  readonly workspace: Load<WorkspaceRecord | null>;
  readonly model: Load<ModelRecord | null>;
  readonly modelSpeed: Load<number | null>;
  readonly modelUsage: Load<ModelUsage>;
  readonly firstFooled: Load<EliteRecord | null>;
  readonly experiment: Load<ExperimentRecord | null>;
  readonly experimentByNumber: DataLoader<number, ExperimentRecord | null>;
  readonly experimentSummary: Load<ExperimentSummary | null>;
  readonly experimentOutcomes: Load<OutcomeRecord[]>;
  readonly run: Load<RunRecord | null>;
  readonly outcome: Load<OutcomeRecord | null>;
  readonly runByNumber: DataLoader<number, RunRecord | null>;
  readonly runContents: DataLoader<RunRecord, RunContents, string>;
  readonly runOfWorker: Load<RunRecord | null>;
  readonly statistics: DataLoader<StatisticsOfRun, GenerationRecord[], string>;
  readonly milestones: DataLoader<RunRecord, MilestoneRecord[], string>;
  readonly archive: Load<EliteRecord[]>;
  readonly elite: Load<EliteRecord | null>;
  readonly genome: Load<GenomeRecord | null>;
  readonly genomeBytes: DataLoader<GenomeRecord, Uint8Array, string>;
  readonly image: Load<ImageRecord | null>;
  readonly score: Load<ScoreRecord | null>;
  readonly scoresOfImage: Load<ScoreRecord[]>;
  readonly worker: Load<WorkerRecord | null>;
  readonly photo: Load<PhotoRecord | null>;
  readonly runsFromPhoto: Load<number>;
  readonly trajectory: Load<TrajectoryRecord | null>;
  readonly trajectoryCurve: Load<TrajectoryCurveRecord | null>;
  readonly trajectoryMilestones: Load<TrajectoryMilestoneRecord[]>;
  readonly bestTrajectories: DataLoader<BestOfRun, readonly TrajectoryRecord[], string>;
  readonly configurations: DataLoader<RunRecord, readonly AscentConfiguration[] | null, string>;
  readonly configurationTrajectories: DataLoader<TrajectoriesOfConfiguration, readonly TrajectoryRecord[], string>;
  readonly perturbation: Load<PerturbationRecord | null>;
  readonly chain: Load<ChainRecord | null>;
  readonly chainOfRun: Load<ChainRecord | null>;
  readonly chainLinks: Load<ChainLinkRecord[]>;
  readonly chainElites: Load<ChainEliteRecord[]>;
  readonly analysis: Load<AnalysisRecord | null>;
  readonly ablation: Load<AnalysisRecord | null>;
  readonly survival: Load<AnalysisRecord | null>;
  readonly scoring: Load<AnalysisRecord | null>;
}

export function createLoaders(actor: Actor, services: Services): Loaders {
  const gather = <Row>(read: (actor: Actor, keys: readonly string[]) => Promise<readonly Row[]>): Load<Row> =>
    new DataLoader((keys: readonly string[]) => read(actor, keys));
  const { viewer, models, experiments, runs, elites, genomes, images, scores, workers } = services;
  const { photos, trajectories, configurations, perturbations, chains, analyses, runDeletion, modelDeletion } = services;
  return {
    user: gather((who, ids) => viewer.loadUsers(who, ids)),
    workspace: gather((who, ids) => viewer.loadWorkspaces(who, ids)),
    model: gather((who, ids) => models.load(who, ids)),
    modelSpeed: gather((who, ids) => models.measureSpeeds(who, ids)),
    modelUsage: gather((who, ids) => modelDeletion.loadUsage(who, ids)),
    firstFooled: gather((who, ids) => models.loadFirstFooled(who, ids)),
    experiment: gather((who, ids) => experiments.load(who, ids)),
    experimentByNumber: new DataLoader((numbers) => experiments.loadByNumber(actor, numbers)),
    experimentSummary: gather(async (who, ids) => {
      const summaries = new Map((await experiments.summarise(who, ids)).map((summary) => [summary.experimentId, summary]));
      return ids.map((id) => summaries.get(id) ?? null);
    }),
    experimentOutcomes: gather((who, ids) => experiments.measure(who, ids)),
    run: gather((who, ids) => runs.load(who, ids)),
    outcome: gather((who, ids) => runs.measure(who, ids)),
    runByNumber: new DataLoader((numbers) => runs.loadByNumber(actor, numbers)),
    runContents: new DataLoader((rows) => runDeletion.loadContents(actor, rows), { cacheKeyFn: ({ id }) => id }),
    runOfWorker: gather((who, ids) => runs.loadOfWorkers(who, ids)),
    statistics: new DataLoader((asked) => runs.loadStatistics(actor, asked), { cacheKeyFn: ({ run, from }) => `${run.id} ${from}` }),
    milestones: new DataLoader((rows) => runs.loadMilestones(actor, rows), { cacheKeyFn: ({ id }) => id }),
    archive: gather((who, ids) => elites.loadArchives(who, ids)),
    elite: gather((who, ids) => elites.load(who, ids)),
    genome: gather((who, ids) => genomes.load(who, ids)),
    genomeBytes: new DataLoader((rows) => genomes.loadBytes(actor, rows), { cacheKeyFn: ({ id }) => id }),
    image: gather((who, hashes) => images.load(who, hashes)),
    score: gather((who, ids) => scores.load(who, ids)),
    scoresOfImage: gather((who, hashes) => scores.loadOfImages(who, hashes)),
    worker: gather((who, ids) => workers.load(who, ids)),
    photo: gather((who, ids) => photos.load(who, ids)),
    runsFromPhoto: gather((who, ids) => photos.countRuns(who, ids)),
    trajectory: gather((who, ids) => trajectories.load(who, ids)),
    trajectoryCurve: gather((who, ids) => trajectories.loadCurves(who, ids)),
    trajectoryMilestones: gather((who, ids) => trajectories.loadMilestones(who, ids)),
    bestTrajectories: new DataLoader((asked) => trajectories.loadBest(actor, asked), {
      cacheKeyFn: ({ run, first }) => `${run.id} ${first}`,
    }),
    configurations: new DataLoader((rows) => configurations.load(actor, rows), { cacheKeyFn: ({ id }) => id }),
    configurationTrajectories: new DataLoader((asked) => configurations.loadTrajectories(actor, asked), {
      cacheKeyFn: ({ configuration: { run, index }, first }) => `${run.id} ${index} ${first}`,
    }),
    perturbation: gather((who, ids) => perturbations.load(who, ids)),
    chain: gather((who, ids) => chains.load(who, ids)),
    chainOfRun: gather((who, ids) => chains.loadOfRuns(who, ids)),
    chainLinks: gather((who, ids) => chains.loadLinks(who, ids)),
    chainElites: gather((who, ids) => chains.loadElites(who, ids)),
    analysis: gather((who, ids) => analyses.load(who, ids)),
    ablation: gather((who, ids) => analyses.loadOfElites(who, ablation.id, ids)),
    survival: gather((who, ids) => analyses.loadOfElites(who, survival.id, ids)),
    scoring: gather((who, hashes) => analyses.loadOfImages(who, hashes)),
  };
}

/** For what a foreign key promises. @throws AppError NOT_FOUND when it went away meanwhile. */
export async function loadExisting<Row>(loader: DataLoader<string, Row | null>, id: string): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new AppError("NOT_FOUND", "What this belongs to is gone.");
  return row;
}
