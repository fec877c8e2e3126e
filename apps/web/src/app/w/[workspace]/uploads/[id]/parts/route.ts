/** Lists the parts of an upload that have arrived, in a workspace. */
export { GET } from "../../../../../uploads/[id]/parts/route.ts";
