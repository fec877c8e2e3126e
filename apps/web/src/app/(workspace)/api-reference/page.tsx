import type { Metadata } from "next";
import { ReferenceIndex } from "../../../features/apiReference/ReferenceIndex.tsx";
import { referenceTypes } from "../../../features/apiReference/referenceTypes.ts";

export const metadata: Metadata = { title: "API reference" };

export default async function Page({ searchParams }: PageProps<"/api-reference">) {
  const { q } = await searchParams;
  return <ReferenceIndex types={referenceTypes} typed={typeof q === "string" ? q : ""} />;
}
