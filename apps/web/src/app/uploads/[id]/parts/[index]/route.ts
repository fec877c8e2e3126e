/** Receives a part of an upload. */
import { passUpload } from "../../../../../server/passUpload.ts";

export const POST = passUpload;
