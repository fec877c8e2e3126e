import type { Metadata } from "next";
import { SavedComparisonPage } from "../../../../../../features/savedComparisons/SavedComparisonPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function Page({ params }: Props) {
  return <SavedComparisonPage comparisonKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
