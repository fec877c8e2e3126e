/** The layout of the pages for visitors: no rail, and nothing of a workspace. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { PublicFrame } from "../../features/publicExperiments/PublicFrame.tsx";
import { PageToasts } from "../../features/shell/PageToasts.tsx";
import { findAccount } from "../../server/findAccount.ts";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const account = await findAccount((await cookies()).toString());
  return (
    <>
      <PublicFrame isSignedIn={account !== null}>{children}</PublicFrame>
      <PageToasts />
    </>
  );
}
