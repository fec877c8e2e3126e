/** The layout of every page of a workspace: the shell, and a guard for the end of the session. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { SessionGuard } from "../../../../features/session/SessionGuard.tsx";
import { PageToasts } from "../../../../features/shell/PageToasts.tsx";
import { Shell } from "../../../../features/shell/Shell.tsx";
import { findAccount } from "../../../../server/findAccount.ts";
import { findPageStart } from "../../../../server/findPageStart.ts";

interface WorkspaceLayoutProps {
  readonly children: ReactNode;
  readonly params: Promise<{ workspace: string }>;
}

export default async function WorkspaceLayout({ children, params }: WorkspaceLayoutProps) {
  const cookie = (await cookies()).toString();
  const { workspace } = await params;
  const [account, start] = await Promise.all([findAccount(cookie), findPageStart(cookie, workspace)]);
  return (
    <SessionGuard account={account}>
      <Shell account={account} start={start}>
        {children}
      </Shell>
      <PageToasts />
    </SessionGuard>
  );
}
