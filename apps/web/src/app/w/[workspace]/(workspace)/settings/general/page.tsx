import type { Metadata } from "next";
import { GeneralPage } from "../../../../../../features/workspaces/GeneralPage.tsx";

export const metadata: Metadata = { title: "General" };

export default function Page() {
  return <GeneralPage />;
}
