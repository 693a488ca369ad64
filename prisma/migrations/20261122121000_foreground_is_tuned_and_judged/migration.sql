CREATE TYPE "ForegroundFlag" AS ENUM ('CONFLUENT', 'EMPTY', 'LOW_CONTRAST', 'THRESHOLDS_DISAGREE');

ALTER TABLE "Dataset" ADD COLUMN "foregroundParameters" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Image" ADD COLUMN "foregroundParameters" JSONB;
ALTER TABLE "Foreground" ADD COLUMN "asked" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "light" TEXT NOT NULL DEFAULT 'transmitted',
  ADD COLUMN "flags" "ForegroundFlag"[],
  ADD COLUMN "concern" DOUBLE PRECISION NOT NULL DEFAULT 0,
  ADD COLUMN "previewKey" TEXT;
ALTER TABLE "DatasetVersionItem" ADD COLUMN "foregroundDecision" "ForegroundDecision";
