import type { Metadata } from "next";
import { ReferenceIndex } from "../../../../../features/apiReference/ReferenceIndex.tsx";
import { referenceTypes } from "../../../../../features/apiReference/referenceTypes.ts";

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export const metadata: Metadata = { title: "API reference" };

export default async function Page({ searchParams }: Props) {
  const { q } = await searchParams;
  return <ReferenceIndex types={referenceTypes} typed={typeof q === "string" ? q : ""} />;
}
