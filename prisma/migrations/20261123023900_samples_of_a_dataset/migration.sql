-- Which samples the images of a dataset show is read from sample to sample, not from image to image.
CREATE INDEX "Image_datasetId_sampleId_idx" ON "Image"("datasetId", "sampleId");
