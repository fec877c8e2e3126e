/** What proxy.ts shows at a short address that several of the user's workspaces have. */
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { WhichWorkspacePage } from "../../../features/workspaces/WhichWorkspacePage.tsx";
import { findAccount } from "../../../server/findAccount.ts";

export const metadata: Metadata = { title: "Choose a workspace" };

type Props = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

const textOf = (value: string | string[] | undefined): string | null => (typeof value === "string" ? value : null);

export default async function Page({ searchParams }: Props) {
  const { page, among } = await searchParams;
  const account = await findAccount((await cookies()).toString());
  return <WhichWorkspacePage account={account} page={textOf(page) ?? "/"} among={textOf(among)?.split(",") ?? null} />;
}
