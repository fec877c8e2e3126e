/** Every address without a page: shows the not-found page inside the shell, with status 404. */
import { notFound } from "next/navigation";

export default function Page(): never {
  notFound();
}
