import type { Metadata } from "next";
import { BulkQueriesPage } from "../../../../../../features/bulkQueries/BulkQueriesPage.tsx";

export const metadata: Metadata = { title: "Bulk queries" };

export default function Page() {
  return <BulkQueriesPage />;
}
