import type { Metadata } from "next";
import { SweepPage } from "../../../../../../features/sweeps/SweepPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function Page({ params }: Props) {
  return <SweepPage sweepKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
