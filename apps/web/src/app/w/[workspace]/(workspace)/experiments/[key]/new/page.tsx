import type { Metadata } from "next";
import { NewRunPage } from "../../../../../../../features/newRun/NewRunPage.tsx";

export const metadata: Metadata = { title: "New run" };

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  return <NewRunPage experimentKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
