import type { Metadata } from "next";
import { PublicListPage } from "../../../features/publicExperiments/PublicListPage.tsx";

export const metadata: Metadata = { title: "Public experiments" };

export default function Page() {
  return <PublicListPage />;
}
