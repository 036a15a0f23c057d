-- The sky index of ivoa.obscore. Another table of positions or regions is served in the same way.

-- POINT(s_ra, s_dec) in a circle, box or polygon; DISTANCE. Built by insertion (buffering): three times the
-- time of the sorted build, which leaves overlapping pages and makes small searches a third slower.
CREATE INDEX obscore_position_index ON ivoa.obscore USING gist (sky.position(s_ra, s_dec))
  WITH (buffering = on);

-- Cross-matches within arcseconds.
CREATE INDEX obscore_zone_index ON ivoa.obscore (sky.zone(s_dec), sky.longitude(s_ra));

-- s_region as a geometry: by the numbers of the regions that a search among the regions finds.
CREATE INDEX obscore_region_index ON ivoa.obscore (sky.region_id(s_region));

-- A region is known before a row can name it. That costs 5 us a row (22 s for all of TESS); a loader that
-- calls sky.register_regions() for all that it brings may say so, which leaves 0.2 us:
--   SET LOCAL sky.regions = 'registered'
CREATE TRIGGER obscore_register_region BEFORE INSERT OR UPDATE OF s_region ON ivoa.obscore
  FOR EACH ROW
  WHEN (NEW.s_region IS NOT NULL AND current_setting('sky.regions', true) IS DISTINCT FROM 'registered')
  EXECUTE FUNCTION sky.register_region_of_row();

SELECT sky.register_regions(ARRAY(SELECT DISTINCT s_region FROM ivoa.obscore));

GRANT USAGE ON SCHEMA sky TO cloudtap_reader;
GRANT SELECT ON sky.region TO cloudtap_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sky TO cloudtap_reader;
