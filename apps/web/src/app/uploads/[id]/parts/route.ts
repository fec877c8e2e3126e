/** Tells which parts of an upload have arrived. */
export { passUpload as GET } from "../../../../server/passUpload.ts";
