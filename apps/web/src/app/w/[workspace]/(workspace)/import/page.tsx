import type { Metadata } from "next";
import { ImportPage } from "../../../../../features/imports/ImportPage.tsx";

export const metadata: Metadata = { title: "Import" };

export default function Page() {
  return <ImportPage />;
}
