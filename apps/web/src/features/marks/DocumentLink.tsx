"use client";
/** A link in the page's workspace that loads a new document, such as a file, GraphiQL, or an anchor on a page. */
import type { ComponentProps } from "react";
import { useAddress } from "../addresses/navigation.ts";

export function DocumentLink({ className, href, ...rest }: ComponentProps<"a"> & { readonly href: string }) {
  return <a className={className} href={useAddress()(href)} {...rest} />;
}
