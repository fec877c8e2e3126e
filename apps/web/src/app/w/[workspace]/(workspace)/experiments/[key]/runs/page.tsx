import type { Metadata } from "next";
import { RunsPage } from "../../../../../../../features/runsTable/RunsPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Runs of ${decodeURIComponent((await params).key)}` };
}

export default async function Page({ params }: Props) {
  return <RunsPage experimentKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
