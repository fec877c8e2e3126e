import type { Metadata } from "next";
import { ResetPage } from "../../../../features/entrance/ResetPage.tsx";

export const metadata: Metadata = { title: "Choose a new password" };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  return <ResetPage token={(await params).token} />;
}
