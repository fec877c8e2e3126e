/** Receives a part of an upload, in a workspace. */
export { POST } from "../../../../../../uploads/[id]/parts/[index]/route.ts";
