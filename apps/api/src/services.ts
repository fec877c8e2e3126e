/** Puts the services together. */
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { EliteService } from "./elite/elite.service.ts";
import { EncodingService } from "./encoding/encoding.service.ts";
import { ExperimentService } from "./experiment/experiment.service.ts";
import { GenomeService } from "./genome/genome.service.ts";
import { ImageService } from "./image/image.service.ts";
import { ModelService } from "./model/model.service.ts";
import { RunService } from "./run/run.service.ts";
import { RunControlService } from "./run/runControl.service.ts";
import { RunEventService } from "./runEvent/runEvent.service.ts";
import type { RunEventFeed } from "./runEvent/runEventFeed.ts";
import { ScoreService } from "./score/score.service.ts";
import { ViewerService } from "./viewer/viewer.service.ts";
import { WorkerService } from "./worker/worker.service.ts";

export interface Resources {
  readonly database: Database;
  readonly queue: Queue;
  readonly objectStore: ObjectStore;
  readonly feed: RunEventFeed;
}

export interface Services {
  readonly viewer: ViewerService;
  readonly models: ModelService;
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly runControl: RunControlService;
  readonly runEvents: RunEventService;
  readonly elites: EliteService;
  readonly genomes: GenomeService;
  readonly images: ImageService;
  readonly scores: ScoreService;
  readonly encodings: EncodingService;
  readonly workers: WorkerService;
}

export function createServices({ database, queue, objectStore, feed }: Resources): Services {
  const models = new ModelService(database);
  const experiments = new ExperimentService(database);
  const runs = new RunService({ database, experiments, models });
  return {
    viewer: new ViewerService(database),
    models,
    experiments,
    runs,
    runControl: new RunControlService({ database, queue, experiments, models, runs }),
    runEvents: new RunEventService({ database, feed, runs }),
    elites: new EliteService({ database, experiments, models, runs }),
    genomes: new GenomeService({ database, objectStore, runs }),
    images: new ImageService({ database, objectStore }),
    scores: new ScoreService({ database, models }),
    encodings: new EncodingService(),
    workers: new WorkerService(database),
  };
}
