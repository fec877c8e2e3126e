/** Receives the forms of uploads, unless browsers post them straight to the object store. */
import { passUpload } from "../../server/passUpload.ts";

export const POST = passUpload;
