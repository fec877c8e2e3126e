import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReferenceTypePage } from "../../../../features/apiReference/ReferenceTypePage.tsx";
import { referenceTypes } from "../../../../features/apiReference/referenceTypes.ts";

export async function generateMetadata({ params }: PageProps<"/api-reference/[type]">): Promise<Metadata> {
  return { title: (await params).type };
}

export default async function Page({ params }: PageProps<"/api-reference/[type]">) {
  const { type: name } = await params;
  const type = referenceTypes.find((each) => each.name === name);
  if (type === undefined) notFound();
  return <ReferenceTypePage type={type} />;
}
