/** Resolves releases, the releases of a study, and their mutations. */
import type { ReleaseRecord } from "@pareidolia/persistence/files/releases/readReleases";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, studyKey } from "../globalId/globalId.ts";
import { addressFor } from "../http/workspaceAddress.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import type { StoredDescription } from "./readDescription.ts";
import { CancelReleaseInput, MakeReleaseInput } from "./release.input.ts";
import { CancelReleasePayload, MakeReleasePayload, ReleaseCreator, ReleaseLicence, ReleaseType } from "./release.type.ts";

/** Written by `makeRelease`, and never changed. */
const descriptionOf = ({ description }: ReleaseRecord): StoredDescription => description as StoredDescription;

@Resolver(() => ReleaseType)
export class ReleaseResolver {
  @FieldResolver(() => ID, { description: "ID of the release: opaque, and unique across all types." })
  id(@Root() release: ReleaseRecord): string {
    return encodeGlobalId("Release", release.id);
  }

  @FieldResolver(() => StudyType, { description: "The study of which this is a snapshot." })
  study(@Root() release: ReleaseRecord, @Ctx() { loaders }: ApiContext): Promise<StudyRecord> {
    return loadExisting(loaders.study, release.studyId);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The researcher who made it; the archive does not name them." })
  createdBy(@Root() release: ReleaseRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(release.createdById);
  }

  @FieldResolver(() => String, { description: "Title of the data set." })
  title(@Root() release: ReleaseRecord): string {
    return descriptionOf(release).title;
  }

  @FieldResolver(() => String, { description: "What the data set is." })
  description(@Root() release: ReleaseRecord): string {
    return descriptionOf(release).description;
  }

  @FieldResolver(() => [ReleaseCreator], { description: "The authors, in the order of citation." })
  creators(@Root() release: ReleaseRecord): readonly ReleaseCreator[] {
    return descriptionOf(release).creators;
  }

  @FieldResolver(() => String, { description: "Who makes the release available." })
  publisher(@Root() release: ReleaseRecord): string {
    return descriptionOf(release).publisher;
  }

  @FieldResolver(() => ReleaseLicence, { description: "The terms under which others may use the data." })
  licence(@Root() release: ReleaseRecord): ReleaseLicence {
    return descriptionOf(release).licence;
  }

  @FieldResolver(() => [String], { description: "Words by which catalogues find the release." })
  keywords(@Root() release: ReleaseRecord): readonly string[] {
    return descriptionOf(release).keywords;
  }

  @FieldResolver(() => String, { nullable: true, description: "DOI that was given when it was made; null without one." })
  doi(@Root() release: ReleaseRecord): string | null {
    return descriptionOf(release).doi;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Path of the archive, such as /studies/STU-4/releases/1.zip; downloads resume with Range. Null until it is made.",
  })
  async url(@Root() release: ReleaseRecord, @Ctx() { actor, loaders }: ApiContext): Promise<string | null> {
    if (release.sha256 === null) return null;
    const study = await loadExisting(loaders.study, release.studyId);
    return addressFor(actor, `/studies/${studyKey(study.number)}/releases/${release.number}.zip`);
  }
}

@Resolver(() => StudyType)
export class StudyReleasesResolver {
  @Requires("release:inspect")
  @FieldResolver(() => [ReleaseType], {
    complexity: statementCost,
    description: "Its releases, latest first, with those that are being made, failed or were cancelled.",
  })
  async releases(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): Promise<ReleaseRecord[]> {
    return services.releases.listOfStudy(actor, study);
  }
}

@Resolver()
export class ReleaseMutations {
  @Requires("release:make")
  @Mutation(() => MakeReleasePayload, {
    description:
      "Makes a release of a study that is paused, closed or archived. A worker writes the archive; nothing changes it afterwards. Voters who have withdrawn are not in it.",
  })
  makeRelease(
    @Arg("input", () => MakeReleaseInput, { description: "Input of `makeRelease`." }) input: MakeReleaseInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ release: ReleaseRecord }>> {
    return resolvePayload("MakeReleaseSuccess", async () => ({ release: await services.releases.make(actor, input) }));
  }

  @Requires("release:cancel")
  @Mutation(() => CancelReleasePayload, {
    description: "Cancels a release that is queued or being made. Its worker stops within a second.",
  })
  cancelRelease(
    @Arg("input", () => CancelReleaseInput, { description: "Input of `cancelRelease`." }) input: CancelReleaseInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ release: ReleaseRecord }>> {
    return resolvePayload("CancelReleaseSuccess", async () => ({ release: await services.releases.cancel(actor, input) }));
  }
}
