-- CreateIndex
CREATE INDEX "DatasetShare_datasetId_createdAt_id_idx" ON "DatasetShare"("datasetId", "createdAt", "id");
