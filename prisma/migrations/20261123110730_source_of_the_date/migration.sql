-- CreateEnum
CREATE TYPE "AcquisitionDateSource" AS ENUM ('EXPOSURE', 'FILE');

-- AlterTable
ALTER TABLE "Image" ADD COLUMN "acquiredFrom" "AcquisitionDateSource";

-- What said so was not kept until now: the more cautious of the two.
UPDATE "Image" SET "acquiredFrom" = 'FILE' WHERE "acquiredAt" IS NOT NULL;
