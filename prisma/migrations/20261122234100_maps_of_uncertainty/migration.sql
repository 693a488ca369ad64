-- Where the map of uncertainty of a segmentation lies; those made before have none.
ALTER TABLE "Segmentation" ADD COLUMN "uncertaintyKey" TEXT;
