import type { Metadata } from "next";
import { StudyPage } from "../../../../../../features/study/StudyPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function Page({ params }: Props) {
  return <StudyPage studyKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
