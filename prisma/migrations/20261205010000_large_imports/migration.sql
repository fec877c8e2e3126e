-- The file of an import may be larger than 2 GB. A number of double precision is exact for whole numbers of this size.
ALTER TABLE "uploads" ALTER COLUMN "byte_length" TYPE DOUBLE PRECISION;
ALTER TABLE "imports" ALTER COLUMN "byte_length" TYPE DOUBLE PRECISION;
