/** Receives a part of an upload, in a workspace. */
import { passUpload } from "../../../../../../../server/passUpload.ts";

export const POST = passUpload;
