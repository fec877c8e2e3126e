import type { Metadata } from "next";
import { ChainPage } from "../../../../../../features/chains/ChainPage.tsx";

export const metadata: Metadata = { title: "Retraining chain" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ChainPage id={decodeURIComponent((await params).id)} />;
}
