import type { Metadata } from "next";
import { NormingRoomsPage } from "../../../../../../../features/norming/NormingRoomsPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Norming rooms of ${decodeURIComponent((await params).key)}` };
}

export default async function Page({ params }: Props) {
  return <NormingRoomsPage studyKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
