import type { Metadata } from "next";
import { Suspense } from "react";
import { StudyResultsPage } from "../../../../../../../../features/studyResults/StudyResultsPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).key)} voters` };
}

export default async function Page({ params }: Props) {
  return (
    <Suspense>
      <StudyResultsPage studyKey={decodeURIComponent((await params).key).toUpperCase()} tab="voters" />
    </Suspense>
  );
}
