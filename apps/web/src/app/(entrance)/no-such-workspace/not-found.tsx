import { cookies } from "next/headers";
import { MissingWorkspacePage } from "../../../features/workspaces/MissingWorkspacePage.tsx";
import { findAccount } from "../../../server/findAccount.ts";

export default async function NotFound() {
  return <MissingWorkspacePage account={await findAccount((await cookies()).toString())} />;
}
