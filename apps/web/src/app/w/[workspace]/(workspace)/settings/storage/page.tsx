import type { Metadata } from "next";
import { RetentionPage } from "../../../../../../features/retention/RetentionPage.tsx";

export const metadata: Metadata = { title: "Storage" };

export default function Page() {
  return <RetentionPage />;
}
