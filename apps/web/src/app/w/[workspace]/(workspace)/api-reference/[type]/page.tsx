import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReferenceTypePage } from "../../../../../../features/apiReference/ReferenceTypePage.tsx";
import { referenceTypes } from "../../../../../../features/apiReference/referenceTypes.ts";

type Props = { params: Promise<{ type: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).type };
}

export default async function Page({ params }: Props) {
  const { type: name } = await params;
  const type = referenceTypes.find((each) => each.name === name);
  if (type === undefined) notFound();
  return <ReferenceTypePage type={type} />;
}
