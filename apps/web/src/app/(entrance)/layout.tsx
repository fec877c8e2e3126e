/** The layout of the pages that come before a workspace: signing in, the first owner, invitations. */
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageToasts } from "../../features/shell/PageToasts.tsx";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function EntranceLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <PageToasts />
    </>
  );
}
