/** What proxy.ts shows at an address in a workspace that does not exist, or is not the user's: the same for both, with status 404. */
import { notFound } from "next/navigation";

export default function Page(): never {
  notFound();
}
