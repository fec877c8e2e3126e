import type { Metadata } from "next";
import { ExportsPage } from "../../../../../../features/exports/ExportsPage.tsx";

export const metadata: Metadata = { title: "Exports" };

export default function Page() {
  return <ExportsPage />;
}
