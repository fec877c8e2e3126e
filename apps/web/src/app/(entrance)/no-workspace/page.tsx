import type { Metadata } from "next";
import { cookies } from "next/headers";
import { NoWorkspacePage } from "../../../features/workspaces/NoWorkspacePage.tsx";
import { findAccount } from "../../../server/findAccount.ts";

export const metadata: Metadata = { title: "No workspace" };

export default async function Page() {
  return <NoWorkspacePage account={await findAccount((await cookies()).toString())} />;
}
