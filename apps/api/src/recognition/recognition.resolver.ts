/** Resolves what people say about elites, trajectories, perturbations, runs, compared groups of runs, and images. */
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { LabelledKind } from "@pareidolia/persistence/lab/recognition/labelledImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ComparedEntry } from "../comparison/comparison.service.ts";
import { ComparedEntryType } from "../comparison/comparison.type.ts";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { ImageType } from "../image/image.type.ts";
import { computationCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { PerturbationType } from "../perturbation/perturbation.type.ts";
import { policy } from "../policy/policy.ts";
import { RunType } from "../run/run.type.ts";
import { StudyType } from "../study/study.type.ts";
import { TrajectoryType } from "../trajectory/trajectory.type.ts";
import type { ImageStudy } from "./recognition.service.ts";
import { ImageStudyType, RecognitionType, RunRecognitionType } from "./recognition.type.ts";

const description = "What people say about its image. Null for labellers and viewers, and for people outside its workspace.";

function load({ actor, loaders }: ApiContext, kind: LabelledKind, row: EliteRecord | TrajectoryRecord | PerturbationRecord) {
  return policy.isOwn(actor, row) ? loaders.recognition.load({ kind, id: row.id }) : null;
}

@Resolver(() => EliteType)
export class EliteRecognitionResolver {
  @FieldResolver(() => RecognitionType, { nullable: true, description })
  recognition(@Root() elite: EliteRecord, @Ctx() context: ApiContext): Promise<RecognitionType | null> | null {
    return load(context, "elite", elite);
  }
}

@Resolver(() => TrajectoryType)
export class TrajectoryRecognitionResolver {
  @FieldResolver(() => RecognitionType, { nullable: true, description })
  recognition(@Root() trajectory: TrajectoryRecord, @Ctx() context: ApiContext): Promise<RecognitionType | null> | null {
    return load(context, "trajectory", trajectory);
  }
}

@Resolver(() => PerturbationType)
export class PerturbationRecognitionResolver {
  @FieldResolver(() => RecognitionType, { nullable: true, description })
  recognition(@Root() perturbation: PerturbationRecord, @Ctx() context: ApiContext): Promise<RecognitionType | null> | null {
    return load(context, "perturbation", perturbation);
  }
}

@Resolver(() => RunType)
export class RunRecognitionResolver {
  @FieldResolver(() => RunRecognitionType, {
    nullable: true,
    description: "What people say about its images. Null for labellers and viewers, and for people outside its workspace.",
  })
  recognition(@Root() run: RunRecord, @Ctx() { actor, loaders }: ApiContext): Promise<RunRecognitionType | null> | null {
    return policy.isOwn(actor, run) ? loaders.recognitionOfRun.load(run.id) : null;
  }
}

@Resolver(() => ComparedEntryType)
export class ComparedEntryRecognitionResolver {
  @FieldResolver(() => RunRecognitionType, {
    nullable: true,
    description:
      "What people say about the images of all its runs together, whatever the comparison's generation. Null for labellers and viewers.",
  })
  recognition(@Root() { runs }: ComparedEntry, @Ctx() { loaders }: ApiContext): Promise<RunRecognitionType | null> {
    return loaders.recognitionOfGroup.load(runs.map(({ id }) => id));
  }
}

@Resolver(() => ImageType)
export class ImageStudiesResolver {
  @FieldResolver(() => [ImageStudyType], {
    complexity: computationCost,
    description:
      "Opened studies of your workspace that ask about these bytes, latest first, at most 20. Empty for labellers, viewers and visitors.",
  })
  studies(@Root() image: ImageRecord, @Ctx() { actor, services }: ApiContext): Promise<ImageStudy[]> {
    return services.recognition.listStudies(actor, image.sha256);
  }
}

@Resolver(() => ImageStudyType)
export class ImageStudyResolver {
  @FieldResolver(() => StudyType, { description: "The study that asked people about the image." })
  study(@Root() row: ImageStudy, @Ctx() { loaders }: ApiContext): Promise<StudyRecord> {
    return loadExisting(loaders.study, row.studyId);
  }
}
