/** Resolves uploads. */
import type { UploadRecord } from "@pareidolia/persistence/server/uploads/readUploads";
import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { payloadsOf } from "../settled.ts";
import { DeleteUploadInput, FinishUploadInput, RequestUploadInput, RequestUploadsInput } from "./upload.input.ts";
import {
  DeleteUploadPayload,
  FinishUploadPayload,
  type IssuedUpload,
  RequestUploadPayload,
  RequestUploadsPayload,
  uploadConnection,
} from "./upload.type.ts";

@Resolver()
export class UploadResolver {
  @Requires("upload:read")
  @Query(() => uploadConnection.connection, {
    description: "Uploads from which no model or photo has been created yet, unfinished ones included, latest first.",
  })
  uploads(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<UploadRecord>> {
    return services.uploads.listUnclaimed(actor, args);
  }

  @Requires("upload:create")
  @Mutation(() => RequestUploadPayload, {
    description: "Reserves room for a file and returns the form that sends it. Send the file with the form, then call `finishUpload`.",
  })
  requestUpload(
    @Arg("input", () => RequestUploadInput, { description: "Input of `requestUpload`." }) input: RequestUploadInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<IssuedUpload>> {
    return resolvePayload("RequestUploadSuccess", () => services.uploads.request(actor, input));
  }

  @Requires("upload:create")
  @Mutation(() => RequestUploadsPayload, {
    description: "Does the same as `requestUpload` for several files in one transaction. A file that is refused leaves the others.",
  })
  requestUploads(
    @Arg("input", () => RequestUploadsInput, { description: "Input of `requestUploads`." }) input: RequestUploadsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ results: Payload<IssuedUpload>[] }>> {
    return resolvePayload("RequestUploadsSuccess", async () => {
      const issued = await services.uploads.requestMany(actor, input.files);
      return { results: payloadsOf(issued, "RequestUploadSuccess", (upload) => upload) };
    });
  }

  @Requires("upload:finish")
  @Mutation(() => FinishUploadPayload, {
    description:
      "Checks that a file has arrived with the announced size, and computes its hash; the upload can then be used. " +
      "A repeated call returns the same upload.",
  })
  finishUpload(
    @Arg("input", () => FinishUploadInput, { description: "Input of `finishUpload`." }) input: FinishUploadInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ upload: UploadRecord }>> {
    return resolvePayload("FinishUploadSuccess", async () => ({ upload: await services.uploads.finish(actor, input.uploadId) }));
  }

  @Requires("upload:delete")
  @Mutation(() => DeleteUploadPayload, {
    description: "Deletes an upload, finished or not. This cannot be undone. A model or photo created from it is kept.",
  })
  deleteUpload(
    @Arg("input", () => DeleteUploadInput, { description: "Input of `deleteUpload`." }) input: DeleteUploadInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteUploadSuccess", async () => ({ deletedId: (await services.uploads.delete(actor, input.uploadId)).id }));
  }
}
