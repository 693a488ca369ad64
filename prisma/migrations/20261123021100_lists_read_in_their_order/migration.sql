-- Lists whose pages were sorted out of all rows there are, read from where the page begins.
DROP INDEX "CellLine_parentId_idx";
CREATE INDEX "CellLine_parentId_createdAt_id_idx" ON "CellLine"("parentId", "createdAt", "id");
CREATE INDEX "ProjectGrant_projectId_createdAt_id_idx" ON "ProjectGrant"("projectId", "createdAt", "id");
CREATE INDEX "Foreground_imageId_createdAt_id_idx" ON "Foreground"("imageId", "createdAt", "id");
CREATE INDEX "Annotation_imageId_createdAt_id_idx" ON "Annotation"("imageId", "createdAt", "id");

-- Those of everything that somebody sees, whatever the project.
CREATE INDEX "Sample_name_id_idx" ON "Sample"("name", "id");
CREATE INDEX "TrainingRun_createdAt_id_idx" ON "TrainingRun"("createdAt", "id");
CREATE INDEX "Model_createdAt_id_idx" ON "Model"("createdAt", "id");
