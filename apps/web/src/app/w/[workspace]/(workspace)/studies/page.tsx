import type { Metadata } from "next";
import { StudiesPage } from "../../../../../features/studies/StudiesPage.tsx";

export const metadata: Metadata = { title: "Studies" };

export default function Page() {
  return <StudiesPage />;
}
