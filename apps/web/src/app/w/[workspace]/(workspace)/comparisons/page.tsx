import type { Metadata } from "next";
import { SavedComparisonsPage } from "../../../../../features/savedComparisons/SavedComparisonsPage.tsx";

export const metadata: Metadata = { title: "Comparisons" };

export default function Page() {
  return <SavedComparisonsPage />;
}
