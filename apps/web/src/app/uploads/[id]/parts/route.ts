/** Lists the parts of an upload that have arrived. */
import { passUpload } from "../../../../server/passUpload.ts";

export const GET = passUpload;
