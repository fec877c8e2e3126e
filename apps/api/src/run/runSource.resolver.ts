/** Resolves the image that an ascent or an attack starts from. */
import type { PlanSource } from "@pareidolia/core/runKinds/planSource";
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { type ClassType, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ImageType } from "../image/image.type.ts";
import { SourceCropType } from "../photo/sourceCrop.type.ts";

type RunWithSource = RunRecord<"ascent"> | RunRecord<"perturbation">;

const sourceOf = ({ plan }: RunWithSource): PlanSource | null => plan.source;

/** For one of the types of runs that may start from an image. */
export function sourceResolverOf(type: ClassType): ClassType {
  @Resolver(() => type)
  class RunSourceResolver {
    @FieldResolver(() => ImageType, {
      nullable: true,
      description: "Image that the run starts from, before cropping and scaling; null for an ascent that does not start from an image.",
    })
    async source(@Root() run: RunWithSource, @Ctx() { loaders }: ApiContext): Promise<ImageRecord | null> {
      const source = sourceOf(run);
      return source === null ? null : loaders.image.load(source.sha256);
    }

    @FieldResolver(() => SourceCropType, {
      nullable: true,
      description: "Part of `source` that the run uses; null for the largest central crop.",
    })
    sourceCrop(@Root() run: RunWithSource): SourceCrop | null {
      return sourceOf(run)?.crop ?? null;
    }
  }
  return RunSourceResolver;
}
