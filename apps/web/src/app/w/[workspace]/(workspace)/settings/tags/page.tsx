import type { Metadata } from "next";
import { TagsPage } from "../../../../../../features/tags/TagsPage.tsx";

export const metadata: Metadata = { title: "Tags" };

export default function Page() {
  return <TagsPage />;
}
