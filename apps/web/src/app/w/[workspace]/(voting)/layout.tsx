/** The layout of members' voting pages: nothing but the study, as for the voters of a link. Search engines do not list them. */
import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function VotingLayout({ children }: { children: ReactNode }) {
  return children;
}
