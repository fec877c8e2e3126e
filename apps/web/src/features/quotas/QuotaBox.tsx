"use client";
/** The quotas beside another settings page, with a link to their own. Empty until they are loaded. */
import { Link } from "../marks/Link.tsx";
import { QuotaBars } from "./QuotaBars.tsx";
import { useQuotas } from "./useQuotas.ts";

export function QuotaBox() {
  const { data } = useQuotas();
  if (data === undefined) return null;
  return (
    <section aria-labelledby="quotas">
      <div className="sectionHead">
        <h2 id="quotas">Quotas</h2>
        <Link className="t12 link" href="/settings/quotas">
          Details
        </Link>
      </div>
      <QuotaBars quotas={data.quotas} />
    </section>
  );
}
