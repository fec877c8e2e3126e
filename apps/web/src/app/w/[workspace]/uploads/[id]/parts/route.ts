/** Lists the parts of an upload that have arrived, in a workspace. */
import { passUpload } from "../../../../../../server/passUpload.ts";

export const GET = passUpload;
