import type { Metadata } from "next";
import { TextCodingPage } from "../../../../../../../features/textCoding/TextCodingPage.tsx";

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).key)} coding` };
}

export default async function Page({ params }: Props) {
  return <TextCodingPage studyKey={decodeURIComponent((await params).key).toUpperCase()} />;
}
