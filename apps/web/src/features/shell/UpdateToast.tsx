"use client";
/** Tells the user to reload once the server has been updated and no longer knows this page's operations. */
import { useEffect, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { update } from "../../graphql/client/update.ts";

export function UpdateToast() {
  const isDue = useSyncExternalStore(update.onChange, update.has, () => false);
  useEffect(() => {
    if (!isDue) return;
    toast("Pareidolia has been updated. Reload the page.", {
      id: "update",
      duration: Number.POSITIVE_INFINITY,
      action: { label: "Reload", onClick: () => location.reload() },
    });
  }, [isDue]);
  return null;
}
