"use client";
/** Next's navigation hooks within the page's workspace: paths leave out the workspace. */
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useRouter as useNextRouter, useParams, usePathname as useWholePathname } from "next/navigation";
import { useCallback, useMemo } from "react";
import { addressIn, isInPlace } from "./pageAddress.ts";

/** Null outside of workspaces. */
export function useWorkspaceSlug(): string | null {
  // Null where Next renders nothing, as in tests of a component.
  const params = useParams() as { readonly workspace?: string } | null;
  return params?.workspace ?? null;
}

/** Returns a function that adds the page's workspace to an address, for links and files. */
export function useAddress(): (address: string) => string {
  const slug = useWorkspaceSlug();
  return useCallback((address) => addressIn(slug, address), [slug]);
}

/** The page's path without its workspace. */
export function usePathname(): string {
  return readWorkspaceAddress(useWholePathname()).path;
}

interface Router {
  push(address: string): void;
  replace(address: string): void;
  refresh(): void;
}

export function useRouter(): Router {
  const router = useNextRouter();
  const slug = useWorkspaceSlug();
  return useMemo(() => {
    const whole = (address: string) => addressIn(slug, address);
    return {
      push: (address) => (isInPlace(slug, whole(address)) ? router.push(whole(address)) : location.assign(address)),
      replace: (address) => (isInPlace(slug, whole(address)) ? router.replace(whole(address)) : location.replace(address)),
      refresh: () => router.refresh(),
    };
  }, [router, slug]);
}
