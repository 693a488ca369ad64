-- A null split is a training on two halves of one line's replicates, for the check of a model version.
ALTER TABLE "TrainingRun"
  ADD COLUMN "nullSplitOfId" UUID,
  ADD COLUMN "nullSplitAccuracy" DOUBLE PRECISION,
  ADD CONSTRAINT "TrainingRun_nullSplitOfId_fkey" FOREIGN KEY ("nullSplitOfId") REFERENCES "ModelVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "TrainingRun_nullSplitAccuracy_check" CHECK ("nullSplitAccuracy" BETWEEN 0 AND 1);
CREATE INDEX "TrainingRun_nullSplitOfId_createdAt_id_idx" ON "TrainingRun"("nullSplitOfId", "createdAt", "id");

-- Both halves are of the same line and snapshots.
DROP INDEX "TrainingSource_runId_versionId_cellLineId_key";
CREATE UNIQUE INDEX "TrainingSource_classId_versionId_cellLineId_key" ON "TrainingSource"("classId", "versionId", "cellLineId");
DROP INDEX "TrainingSource_classId_idx";
CREATE INDEX "TrainingSource_runId_idx" ON "TrainingSource"("runId");
