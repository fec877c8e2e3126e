import type { Metadata } from "next";
import { Suspense } from "react";
import { ComparisonPage } from "../../../../../features/comparison/ComparisonPage.tsx";

export const metadata: Metadata = { title: "Compare runs" };

export default function Page() {
  return (
    <Suspense>
      <ComparisonPage />
    </Suspense>
  );
}
