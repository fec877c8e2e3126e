import type { Metadata } from "next";
import { ElitePage } from "../../../../../../features/elite/ElitePage.tsx";

export const metadata: Metadata = { title: "Elite" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ElitePage id={decodeURIComponent(id)} />;
}
