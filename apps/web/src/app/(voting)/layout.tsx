/** The layout of the pages for voters: nothing but the study. Search engines do not list them. */
import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function VotingLayout({ children }: { children: ReactNode }) {
  return children;
}
