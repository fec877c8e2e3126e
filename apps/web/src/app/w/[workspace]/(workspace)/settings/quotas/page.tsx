import type { Metadata } from "next";
import { QuotasPage } from "../../../../../../features/quotas/QuotasPage.tsx";

export const metadata: Metadata = { title: "Quotas" };

export default function Page() {
  return <QuotasPage />;
}
