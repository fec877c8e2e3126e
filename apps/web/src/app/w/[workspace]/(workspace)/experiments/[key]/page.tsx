import type { Metadata } from "next";
import { ExperimentPage } from "../../../../../../features/experiments/ExperimentPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function Page({ params }: Props) {
  return <ExperimentPage experimentKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
