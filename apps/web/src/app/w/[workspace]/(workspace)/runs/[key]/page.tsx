import type { Metadata } from "next";
import { RunPage } from "../../../../../../features/runPage/RunPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function Page({ params }: Props) {
  return <RunPage runKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
