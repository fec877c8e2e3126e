/** Tells which parts of an upload have arrived. */
import { passUpload } from "../../../../server/passUpload.ts";

export const GET = passUpload;
