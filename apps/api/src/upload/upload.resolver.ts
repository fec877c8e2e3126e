/** Resolves uploaded files. */
import type { UploadRecord } from "@pareidolia/persistence/uploads/readUploads";
import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { DeleteUploadInput } from "./upload.input.ts";
import { DeleteUploadPayload, uploadConnection } from "./upload.type.ts";

@Resolver()
export class UploadResolver {
  @Requires("upload:read")
  @Query(() => uploadConnection.connection, {
    description: "Uploaded files from which no model or photo has been created yet, latest first.",
  })
  uploads(@Args(() => ForwardArguments) args: ForwardArguments, @Ctx() { actor, services }: ApiContext): Promise<Connection<UploadRecord>> {
    return services.uploads.listUnclaimed(actor, args);
  }

  @Requires("upload:delete")
  @Mutation(() => DeleteUploadPayload, {
    description: "Deletes an uploaded file. This cannot be undone. A model or photo created from it is kept.",
  })
  deleteUpload(
    @Arg("input", () => DeleteUploadInput, { description: "Input of `deleteUpload`." }) input: DeleteUploadInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteUploadSuccess", async () => ({ deletedId: (await services.uploads.delete(actor, input.uploadId)).id }));
  }
}
