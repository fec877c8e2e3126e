/** Puts the services together. */
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { AnalysisService } from "./analysis/analysis.service.ts";
import { AscentService } from "./ascent/ascent.service.ts";
import { ChainService } from "./chain/chain.service.ts";
import { ConfigurationService } from "./configuration/configuration.service.ts";
import { ContactSheetService } from "./contactSheet/contactSheet.service.ts";
import { DifficultyService } from "./difficulty/difficulty.service.ts";
import { DiversityService } from "./diversity/diversity.service.ts";
import { EliteService } from "./elite/elite.service.ts";
import { EncodingService } from "./encoding/encoding.service.ts";
import { ExperimentService } from "./experiment/experiment.service.ts";
import { GenomeService } from "./genome/genome.service.ts";
import { ImageService } from "./image/image.service.ts";
import { MethodService } from "./method/method.service.ts";
import { ModelService } from "./model/model.service.ts";
import { ModelDeletionService } from "./model/modelDeletion.service.ts";
import { ModelRegistrationService } from "./model/modelRegistration.service.ts";
import { ObjectStoreService } from "./objectStore/objectStore.service.ts";
import type { StoreHealth } from "./objectStore/storeHealth.ts";
import { PerturbationService } from "./perturbation/perturbation.service.ts";
import { PhotoService } from "./photo/photo.service.ts";
import { PhylogenyService } from "./phylogeny/phylogeny.service.ts";
import { RelatednessService } from "./relatedness/relatedness.service.ts";
import { ReportService } from "./report/report.service.ts";
import { ResultSelection } from "./result/resultSelection.ts";
import { RunService } from "./run/run.service.ts";
import { RunControlService } from "./run/runControl.service.ts";
import { RunDeletionService } from "./run/runDeletion.service.ts";
import { RunLauncher } from "./run/runLauncher.ts";
import { RunSelection } from "./run/runSelection.ts";
import { RunEventService } from "./runEvent/runEvent.service.ts";
import type { RunEventFeed } from "./runEvent/runEventFeed.ts";
import { ScoreService } from "./score/score.service.ts";
import { SweepService } from "./sweep/sweep.service.ts";
import { TrajectoryService } from "./trajectory/trajectory.service.ts";
import { TransferService } from "./transfer/transfer.service.ts";
import { type UploadLimits, UploadService } from "./upload/upload.service.ts";
import { ViewerService } from "./viewer/viewer.service.ts";
import { WorkerService } from "./worker/worker.service.ts";

export interface Resources {
  readonly database: Database;
  readonly queue: Queue;
  readonly objectStore: ObjectStore;
  readonly health: StoreHealth;
  readonly feed: RunEventFeed;
  /** Where reports lie, each in a folder of its own. */
  readonly reportFolders: readonly string[];
  /** For tests, which cannot wait for the usual deadlines. */
  readonly uploadLimits?: UploadLimits;
}

export interface Services {
  readonly viewer: ViewerService;
  readonly models: ModelService;
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly runControl: RunControlService;
  readonly runDeletion: RunDeletionService;
  readonly runEvents: RunEventService;
  readonly elites: EliteService;
  readonly genomes: GenomeService;
  readonly images: ImageService;
  readonly contactSheets: ContactSheetService;
  readonly scores: ScoreService;
  readonly encodings: EncodingService;
  readonly workers: WorkerService;
  readonly objectStore: ObjectStoreService;
  readonly sweeps: SweepService;
  readonly methods: MethodService;
  readonly ascents: AscentService;
  readonly trajectories: TrajectoryService;
  readonly configurations: ConfigurationService;
  readonly perturbations: PerturbationService;
  readonly photos: PhotoService;
  readonly uploads: UploadService;
  readonly modelRegistration: ModelRegistrationService;
  readonly modelDeletion: ModelDeletionService;
  readonly chains: ChainService;
  readonly analyses: AnalysisService;
  readonly transfer: TransferService;
  readonly phylogeny: PhylogenyService;
  readonly relatedness: RelatednessService;
  readonly diversity: DiversityService;
  readonly difficulty: DifficultyService;
  readonly reports: ReportService;
}

export function createServices({ database, queue, objectStore, health, feed, reportFolders, uploadLimits }: Resources): Services {
  const models = new ModelService(database);
  const experiments = new ExperimentService(database);
  const runs = new RunService({ database, experiments, models });
  const launcher = new RunLauncher({ database, queue, experiments, models, runs });
  const selection = new RunSelection({ database, experiments, runs });
  const results = new ResultSelection({ experiments, models, runs });
  const uploads = new UploadService({ database, objectStore, limits: uploadLimits });
  const images = new ImageService({ database, objectStore });
  const photos = new PhotoService({ database, objectStore, uploads, images });
  const elites = new EliteService({ database, experiments, models, runs });
  return {
    viewer: new ViewerService(database),
    models,
    experiments,
    runs,
    runDeletion: new RunDeletionService({ database, runs }),
    runControl: new RunControlService({ database, queue, runs, launcher }),
    runEvents: new RunEventService({ database, feed, runs }),
    elites,
    genomes: new GenomeService({ database, objectStore, runs }),
    images,
    contactSheets: new ContactSheetService({ objectStore, elites, models, runs }),
    scores: new ScoreService({ database, models }),
    encodings: new EncodingService(),
    workers: new WorkerService(database),
    objectStore: new ObjectStoreService({ database, objectStore, health }),
    sweeps: new SweepService(database),
    methods: new MethodService(),
    ascents: new AscentService({ launcher, models, photos }),
    trajectories: new TrajectoryService({ database, results }),
    configurations: new ConfigurationService(database),
    perturbations: new PerturbationService({ database, launcher, models, photos, results }),
    photos,
    uploads,
    modelDeletion: new ModelDeletionService({ database, models }),
    modelRegistration: new ModelRegistrationService({ database, queue, models, uploads }),
    chains: new ChainService({ database, launcher, models }),
    analyses: new AnalysisService({ database, queue, elites, images, runs, selection }),
    transfer: new TransferService({ database, selection }),
    phylogeny: new PhylogenyService(database),
    relatedness: new RelatednessService(database),
    diversity: new DiversityService({ database, objectStore, selection }),
    difficulty: new DifficultyService(database),
    reports: new ReportService(reportFolders),
  };
}
