-- A contact sheet is read in its order, the worst first, without looking at pictures, samples and lines one by one: a mask
-- says on which sheet it stands. What that hangs on is changed in many places, so the database keeps it itself.
ALTER TABLE "Foreground" ADD COLUMN "contactSheetId" UUID;
CREATE INDEX "Foreground_contactSheetId_concern_id_idx" ON "Foreground"("contactSheetId", "concern", "id");

-- On the sheet of a picture's dataset stands its newest mask, as long as the picture is there, can be read, and shows one
-- line alone.
CREATE FUNCTION refresh_contact_sheets(images UUID[]) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  -- Who else changes a mask or the label of one of these pictures waits until this is done, and then sees it.
  PERFORM 1 FROM "Image" i WHERE i.id = ANY(images) ORDER BY i.id FOR NO KEY UPDATE;
  UPDATE "Foreground" f SET "contactSheetId" = known.sheet
  FROM (
    SELECT m.id, CASE
      WHEN i."deletedAt" IS NULL AND i.status = 'READY' AND s."deletedAt" IS NULL
        AND m.revision = max(m.revision) OVER (PARTITION BY m."imageId")
        AND (SELECT count(*) FROM "SampleLine" l WHERE l."sampleId" = s.id) = 1
      THEN i."datasetId" END AS sheet
    FROM "Foreground" m JOIN "Image" i ON i.id = m."imageId" LEFT JOIN "Sample" s ON s.id = i."sampleId"
    WHERE m."imageId" = ANY(images)) known
  WHERE f.id = known.id AND f."contactSheetId" IS DISTINCT FROM known.sheet;
END $$;

CREATE FUNCTION contact_sheet_of_mask() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_contact_sheets(ARRAY[CASE WHEN TG_OP = 'DELETE' THEN OLD."imageId" ELSE NEW."imageId" END]);
  RETURN NULL;
END $$;
CREATE TRIGGER contact_sheet AFTER INSERT OR DELETE OR UPDATE OF revision ON "Foreground"
  FOR EACH ROW EXECUTE FUNCTION contact_sheet_of_mask();

CREATE FUNCTION contact_sheet_of_image() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_contact_sheets(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER contact_sheet AFTER UPDATE OF status, "deletedAt", "sampleId", "datasetId" ON "Image" FOR EACH ROW
  WHEN ((OLD.status, OLD."deletedAt", OLD."sampleId", OLD."datasetId")
    IS DISTINCT FROM (NEW.status, NEW."deletedAt", NEW."sampleId", NEW."datasetId"))
  EXECUTE FUNCTION contact_sheet_of_image();

CREATE FUNCTION contact_sheets_of_sample() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_contact_sheets(ARRAY(SELECT i.id FROM "Image" i WHERE i."sampleId" = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER contact_sheet AFTER UPDATE OF "deletedAt" ON "Sample" FOR EACH ROW
  WHEN ((OLD."deletedAt" IS NULL) <> (NEW."deletedAt" IS NULL))
  EXECUTE FUNCTION contact_sheets_of_sample();

-- While the lines of a sample change, no picture comes to it.
CREATE FUNCTION hold_sample_of_line() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM "Sample" s WHERE s.id = OLD."sampleId" FOR UPDATE;
    RETURN OLD;
  END IF;
  PERFORM 1 FROM "Sample" s WHERE s.id = NEW."sampleId" FOR UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER contact_sheet_held BEFORE INSERT OR DELETE ON "SampleLine"
  FOR EACH ROW EXECUTE FUNCTION hold_sample_of_line();

CREATE FUNCTION contact_sheets_of_lines() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_contact_sheets(ARRAY(
    SELECT i.id FROM "Image" i WHERE i."sampleId" IN (SELECT c."sampleId" FROM changed c)));
  RETURN NULL;
END $$;
CREATE TRIGGER contact_sheet_new AFTER INSERT ON "SampleLine" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contact_sheets_of_lines();
CREATE TRIGGER contact_sheet_old AFTER DELETE ON "SampleLine" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION contact_sheets_of_lines();

SELECT refresh_contact_sheets(ARRAY(SELECT id FROM "Image"));
