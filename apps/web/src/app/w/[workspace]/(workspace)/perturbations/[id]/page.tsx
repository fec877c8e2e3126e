import type { Metadata } from "next";
import { PerturbationPage } from "../../../../../../features/perturbation/PerturbationPage.tsx";

export const metadata: Metadata = { title: "Perturbation" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PerturbationPage id={decodeURIComponent(id)} />;
}
