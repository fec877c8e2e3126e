"use client";
/**
 * A control that is absent for people whose role does not permit its mutation: for controls other than those of `Button`. The attribute
 * data-needs lets tests compare what a page offers with what the API permits.
 */
import { cloneElement, type ReactElement } from "react";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { usePermissions } from "./usePermissions.ts";

interface PermittedProps {
  readonly needs: MutationName;
  readonly children: ReactElement<{ readonly "data-needs"?: MutationName }>;
}

export function Permitted({ needs, children }: PermittedProps) {
  return usePermissions().may(needs) ? cloneElement(children, { "data-needs": needs }) : null;
}
