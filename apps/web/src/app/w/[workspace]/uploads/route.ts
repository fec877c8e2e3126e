/** Receives upload forms, as /uploads does, in a workspace. */
import { passUpload } from "../../../../server/passUpload.ts";

export const POST = passUpload;
