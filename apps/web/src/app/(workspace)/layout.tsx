/** The layout of every page of a workspace: the shell, and a guard for the end of the session. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SessionGuard } from "../../features/session/SessionGuard.tsx";
import { Shell } from "../../features/shell/Shell.tsx";
import { findAccount } from "../../server/findAccount.ts";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const account = await findAccount((await cookies()).toString());
  return (
    <SessionGuard account={account}>
      <Shell account={account}>{children}</Shell>
    </SessionGuard>
  );
}
