import type { Metadata } from "next";
import { UploadsPage } from "../../../../../../features/uploads/UploadsPage.tsx";

export const metadata: Metadata = { title: "Uploads" };

export default function Page() {
  return <UploadsPage />;
}
