import type { Metadata } from "next";
import { Suspense } from "react";
import { TransferPage } from "../../../../../../features/transfer/TransferPage.tsx";

export const metadata: Metadata = { title: "Transfer" };

export default function Page() {
  return (
    <Suspense>
      <TransferPage />
    </Suspense>
  );
}
