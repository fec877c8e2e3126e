/** Two requests may both find an e-mail address free; the unique index lets only one of them have it. */
import { AppError } from "@pareidolia/core/appError";
import { Prisma } from "../../generated/client.ts";

const uniqueViolation = "P2002";

/** @throws AppError CONFLICT if another account got the address meanwhile. The transaction is then lost. */
export async function refuseTakenEmail<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== uniqueViolation) throw cause;
    throw new AppError("CONFLICT", "This e-mail address belongs to another account.", { cause });
  }
}
