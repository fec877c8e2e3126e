import type { Metadata } from "next";
import { NewRunPage } from "../../../../../features/newRun/NewRunPage.tsx";

export const metadata: Metadata = { title: "New run" };

export default function Page() {
  return <NewRunPage experimentKey={null} />;
}
