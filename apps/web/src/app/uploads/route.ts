/** Receives the forms of uploads, unless browsers post them straight to the object store. */
export { passUpload as POST } from "../../server/passUpload.ts";
