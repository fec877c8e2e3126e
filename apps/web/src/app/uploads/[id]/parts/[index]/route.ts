/** Receives a part of an upload. */
export { passUpload as POST } from "../../../../../server/passUpload.ts";
