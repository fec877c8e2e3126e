/** Receives upload forms, as /uploads does, in a workspace. */
export { POST } from "../../../uploads/route.ts";
