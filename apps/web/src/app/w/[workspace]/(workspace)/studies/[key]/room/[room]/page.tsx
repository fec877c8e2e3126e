import type { Metadata } from "next";
import { NormingRoomPage } from "../../../../../../../../features/norming/NormingRoomPage.tsx";

type Props = { params: Promise<{ key: string; room: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Norming room of ${decodeURIComponent((await params).key)}` };
}

export default async function Page({ params }: Props) {
  const { key, room } = await params;
  return <NormingRoomPage studyKey={decodeURIComponent(key).toUpperCase()} number={Number(room)} />;
}
