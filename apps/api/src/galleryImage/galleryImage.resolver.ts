/** Resolves the images of the gallery. */
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { LabelledKind } from "@pareidolia/persistence/lab/recognition/labelledImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { GalleryImageRecord } from "@pareidolia/persistence/lab/search/searchImages";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RecognitionType } from "../recognition/recognition.type.ts";
import { RunType } from "../run/run.type.ts";
import { ColumnOrderInput } from "../search/search.input.ts";
import { selectsOnly } from "../selectsOnly.ts";
import { GalleryImageFilter } from "./galleryImage.input.ts";
import { GalleryImageType, galleryImageConnection } from "./galleryImage.type.ts";

/** Node type of each kind's images; null for chains. */
const nodes: Readonly<
  Record<GalleryImageRecord["kind"], { readonly type: "Elite" | "Trajectory" | "Perturbation"; readonly said: LabelledKind } | null>
> = {
  evolution: { type: "Elite", said: "elite" },
  ascent: { type: "Trajectory", said: "trajectory" },
  perturbation: { type: "Perturbation", said: "perturbation" },
  retraining: null,
};

@Resolver(() => GalleryImageType)
export class GalleryImageResolver {
  @Requires("search:read")
  @Query(() => galleryImageConnection.connection, {
    description:
      "Images of all runs in your workspace: current elites, the last images of trajectories, perturbed images, and images that fool the networks of chains. Newest first by default.",
  })
  galleryImages(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => GalleryImageFilter, { nullable: true, description: "Only images that match every condition." })
    filter: GalleryImageFilter | null | undefined,
    @Arg("search", () => String, {
      nullable: true,
      description:
        "Only images that match this search, such as `class = penguin AND confidence > 0.99`; `searchFields(of: IMAGES)` lists the fields. A problem is INVALID_INPUT with `position` and `hint`.",
    })
    search: string | null | undefined,
    @Arg("orderBy", () => ColumnOrderInput, {
      nullable: true,
      description:
        "Order of the images: by `created`, `confidence`, `recognised` or `votes`. Ordering by `recognised` or `votes` lists only images with votes. Default: newest first.",
    })
    orderBy: ColumnOrderInput | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<GalleryImageRecord>> {
    return services.galleryImages.list(actor, args, { filter, search, orderBy });
  }

  @FieldResolver(() => ID, {
    description: "ID of the elite, trajectory or perturbation. For an image of a chain, an ID that `node` does not resolve.",
  })
  id(@Root() { id, kind }: GalleryImageRecord): string {
    const node = nodes[kind];
    return node === null ? id : encodeGlobalId(node.type, id);
  }

  @FieldResolver(() => ImageType, { description: "The stored image." })
  image(@Root() { image }: GalleryImageRecord): ImageRecord {
    return image;
  }

  @FieldResolver(() => RunType, { description: "The run that made it." })
  run(@Root() { runId }: GalleryImageRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, runId);
  }

  @FieldResolver(() => ModelType, { description: "The network that gives it the label; of a chain's image, the network of its link." })
  async model(
    @Root() { modelId, modelName }: GalleryImageRecord,
    @Ctx() { loaders }: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Pick<ModelRecord, "id" | "name">> {
    return selectsOnly(info, ["id", "name"]) ? { id: modelId, name: modelName } : loadExisting(loaders.model, modelId);
  }

  @FieldResolver(() => RecognitionType, {
    nullable: true,
    description: "What people say about it. Null for labellers and viewers, and for images of chains.",
  })
  async recognition(@Root() { id, kind }: GalleryImageRecord, @Ctx() { loaders }: ApiContext): Promise<RecognitionType | null> {
    const node = nodes[kind];
    return node === null ? null : loaders.recognition.load({ kind: node.said, id });
  }
}
