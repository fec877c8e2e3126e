/** Receives upload forms, unless browsers post them directly to the object store. */
import { passUpload } from "../../server/passUpload.ts";

export const POST = passUpload;
