-- Uploads come in parts, and bring truth as well as pictures; what a check of truth found wrong stays with its upload.
CREATE TYPE "UploadPurpose" AS ENUM ('IMAGE', 'ANNOTATION');
ALTER TYPE "UploadStatus" ADD VALUE 'FAILED';
ALTER TYPE "JobKind" ADD VALUE 'ANNOTATE';

ALTER TABLE "Upload" ADD COLUMN "purpose" "UploadPurpose" NOT NULL DEFAULT 'IMAGE',
  ADD COLUMN "truth" JSONB,
  ADD COLUMN "errorCode" TEXT,
  ADD COLUMN "errorMessage" TEXT,
  ADD COLUMN "errorCure" TEXT;
ALTER TABLE "Annotation" ADD COLUMN "uploadId" UUID;

CREATE UNIQUE INDEX "Annotation_uploadId_key" ON "Annotation"("uploadId");
ALTER TABLE "Annotation" ADD CONSTRAINT "Annotation_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE SET NULL ON UPDATE CASCADE;
