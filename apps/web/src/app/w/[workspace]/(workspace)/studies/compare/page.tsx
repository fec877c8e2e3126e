import type { Metadata } from "next";
import { Suspense } from "react";
import { StudyComparisonPage } from "../../../../../../features/studyComparison/StudyComparisonPage.tsx";

export const metadata: Metadata = { title: "Compare studies" };

export default function Page() {
  return (
    <Suspense>
      <StudyComparisonPage />
    </Suspense>
  );
}
