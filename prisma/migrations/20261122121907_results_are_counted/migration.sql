-- AlterEnum
ALTER TYPE "JobKind" ADD VALUE 'EXPORT';

-- CreateTable
CREATE TABLE "ClassCount" (
    "segmentationId" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL,
    "cells" INTEGER NOT NULL,
    "area" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ClassCount_pkey" PRIMARY KEY ("segmentationId","revision","position")
);

-- What was counted stays, in a table of its own.
INSERT INTO "ClassCount" ("segmentationId", "position", "cells", "area")
SELECT s.id, c.position, (c.share->>'cells')::int, (c.share->>'area')::float8
FROM "Segmentation" s
CROSS JOIN LATERAL (
  SELECT 0 AS position, s.composition->'unassigned' AS share
  UNION ALL
  SELECT t.position::int, t.share FROM jsonb_array_elements(s.composition->'types') WITH ORDINALITY AS t(share, position)
) c
WHERE s.composition IS NOT NULL;

-- AlterTable
ALTER TABLE "Segmentation" DROP COLUMN "composition",
ADD COLUMN     "cellRecordsKey" TEXT,
ADD COLUMN     "correctionRevision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "errorCure" TEXT;

-- AlterTable
ALTER TABLE "Correction" ADD COLUMN     "revertedTo" INTEGER;

-- AlterTable
ALTER TABLE "Evaluation" DROP COLUMN "metrics",
ADD COLUMN     "baselineVersionId" UUID,
ADD COLUMN     "errorCure" TEXT,
ADD COLUMN     "results" JSONB;

-- AlterTable
ALTER TABLE "Comparison" ADD COLUMN     "errorCode" TEXT,
ADD COLUMN     "errorCure" TEXT,
ADD COLUMN     "errorMessage" TEXT,
ADD COLUMN     "finishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "status" "RunStatus" NOT NULL DEFAULT 'QUEUED';

-- Earlier results have another form: they are measured again when somebody asks.
UPDATE "Comparison" SET "results" = NULL, "status" = 'CANCELLED';

-- CreateTable
CREATE TABLE "EvaluationImage" (
    "evaluationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "imageId" UUID NOT NULL,
    "scores" JSONB NOT NULL,

    CONSTRAINT "EvaluationImage_pkey" PRIMARY KEY ("evaluationId","position")
);

-- CreateTable
CREATE TABLE "ComparisonImage" (
    "comparisonId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "imageId" UUID NOT NULL,
    "results" JSONB NOT NULL,

    CONSTRAINT "ComparisonImage_pkey" PRIMARY KEY ("comparisonId","position")
);

-- CreateTable
CREATE TABLE "Export" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "segmentationRunId" UUID NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "images" INTEGER NOT NULL DEFAULT 0,
    "objectKey" TEXT,
    "sizeBytes" BIGINT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "errorCure" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "Export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EvaluationImage_imageId_idx" ON "EvaluationImage"("imageId");

-- CreateIndex
CREATE INDEX "ComparisonImage_imageId_idx" ON "ComparisonImage"("imageId");

-- CreateIndex
CREATE INDEX "Export_projectId_createdAt_id_idx" ON "Export"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Export_segmentationRunId_idx" ON "Export"("segmentationRunId");

-- AddForeignKey
ALTER TABLE "ClassCount" ADD CONSTRAINT "ClassCount_segmentationId_fkey" FOREIGN KEY ("segmentationId") REFERENCES "Segmentation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationImage" ADD CONSTRAINT "EvaluationImage_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationImage" ADD CONSTRAINT "EvaluationImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComparisonImage" ADD CONSTRAINT "ComparisonImage_comparisonId_fkey" FOREIGN KEY ("comparisonId") REFERENCES "Comparison"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComparisonImage" ADD CONSTRAINT "ComparisonImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Export" ADD CONSTRAINT "Export_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Export" ADD CONSTRAINT "Export_segmentationRunId_fkey" FOREIGN KEY ("segmentationRunId") REFERENCES "SegmentationRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;


