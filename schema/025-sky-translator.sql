-- What ADQL's geometry compiles to besides 020 to 023 (adql/compile/compile-sky.ts says which when).

-- ---------------------------------------------------------------- shapes from columns

CREATE FUNCTION sky.coord1(shape double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.longitude(shape[1]);

CREATE FUNCTION sky.coord2(shape double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN shape[2];

CREATE FUNCTION sky.radius(circle double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN circle[3];

-- A shape as archives and uploads have it (DALI 1.2, "Geometry"), checked as one that a query gives.
-- VOTable has no NULL for doubles: NaN stands for it.
CREATE FUNCTION sky.checked(shape double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF array_position(shape, NULL) IS NOT NULL OR 'NaN' = ANY (shape) THEN
    RETURN NULL;
  END IF;
  CASE cardinality(shape)
    WHEN 0 THEN RETURN NULL;
    WHEN 2 THEN RETURN sky.point(shape[1], shape[2]);
    WHEN 3 THEN RETURN sky.circle(shape[1], shape[2], shape[3]);
    ELSE RETURN sky.vertices(shape);
  END CASE;
END
$$;

CREATE FUNCTION sky.no_radius(radius double precision) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  PERFORM sky.refuse(format(
    'There is no circle with a radius of %s degrees: radii run from 0 to 180.', radius));
END
$$;

-- The radius of a CIRCLE that is not known before the query runs.
CREATE FUNCTION sky.checked_radius(radius double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN radius >= 0 AND radius <= 180 THEN radius ELSE sky.no_radius(radius) END;

-- How far `DISTANCE(...) < limit` reaches: NULL when it reaches nothing.
CREATE FUNCTION sky.reach("limit" double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN "limit" >= 0 THEN least(sky.flushed("limit"), 180) END;

-- CAST(text AS POINT), CIRCLE, POLYGON: DALI's numbers set apart by blanks.
CREATE FUNCTION sky.read_numbers(description text, least_count integer, most_count integer)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  numbers CONSTANT double precision[] :=
    regexp_split_to_array(btrim(description, E' \t\r\n'), '\s+')::double precision[];
BEGIN
  IF cardinality(numbers) NOT BETWEEN least_count AND most_count THEN
    PERFORM sky.refuse(format('%s are not the numbers of such a shape.', quote_literal(description)));
  END IF;
  RETURN sky.checked(numbers);
EXCEPTION WHEN invalid_text_representation THEN
  PERFORM sky.refuse(format('%s are not the numbers of such a shape.', quote_literal(description)));
END
$$;

CREATE FUNCTION sky.read_point(description text) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.read_numbers(description, 2, 2);

CREATE FUNCTION sky.read_circle(description text) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.read_numbers(description, 3, 3);

CREATE FUNCTION sky.read_polygon(description text) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.read_numbers(description, 6, 1000000);

-- ---------------------------------------------------------------- searches

-- CONTAINS(POINT(lon, lat), region) = 1 for a region of several shapes, at index speed.
CREATE FUNCTION sky.point_in_region(lon double precision, lat double precision, region double precision[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (point(lon - 360 * floor(lon / 360), lat) <@ sky.region_bounds(region)
    OR point(lon - 360 * floor(lon / 360), lat) <@ sky.one_turn_back(sky.region_bounds(region)))
  AND sky.contains(sky.point(lon, lat), region);

-- The searches of 022 for what another table of a join gives, as in
--   sky.region_id(s_region) = ANY (sky.region_ids_around_point(u.ra, u.dec))
-- The cost makes PostgreSQL search by index for each row of the other table; as a filter of the joined
-- rows the function would be called for each pair.
CREATE FUNCTION sky.region_ids_around_point(lon double precision, lat double precision) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT COST 5000
AS $$
BEGIN
  RETURN ARRAY(SELECT r FROM sky.regions_around_point(lon, lat) AS r);
END
$$;

CREATE FUNCTION sky.region_ids_meeting(region double precision[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT COST 5000
AS $$
BEGIN
  RETURN ARRAY(SELECT r FROM sky.regions_meeting(region) AS r);
END
$$;

CREATE FUNCTION sky.region_ids_within(region double precision[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT COST 5000
AS $$
BEGIN
  RETURN ARRAY(SELECT r FROM sky.regions_within(region) AS r);
END
$$;

CREATE FUNCTION sky.region_ids_around(region double precision[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT COST 5000
AS $$
BEGIN
  RETURN ARRAY(SELECT r FROM sky.regions_around(region) AS r);
END
$$;

-- ---------------------------------------------------------------- the other way round

-- The regions for which a condition is false, as against not known: for `= 0` and for CONTAINS as a value,
--   CASE WHEN sky.region_id(s_region) IN (SELECT r FROM sky.regions_meeting(x) AS r) THEN true
--        WHEN sky.region_id(s_region) IN (SELECT r FROM sky.regions_not_meeting(x) AS r) THEN false END
-- tests each region once and hashes the numbers: 20,624 rows of TESS in 11 ms instead of the
-- 4100 ms that reading s_region row by row takes. Only for an x of one shape.

-- Those with a condition of several shapes, whose answer can be unknown: each is asked by itself.
CREATE FUNCTION sky.combined_regions() RETURNS TABLE (region_id bigint, s_region text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT r.region_id, r.s_region FROM sky.region r WHERE r.parts > 0 AND r.figure IS NULL;
END;

CREATE FUNCTION sky.plain_regions() RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.region_id FROM sky.region r WHERE r.part = 1 AND r.parts > 0
  EXCEPT SELECT c.region_id FROM sky.combined_regions() AS c;
END;

CREATE FUNCTION sky.regions_not_around_point(lon double precision, lat double precision) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  RETURN QUERY
  (SELECT p FROM sky.plain_regions() AS p EXCEPT SELECT r FROM sky.regions_around_point(lon, lat) AS r)
  UNION ALL
  SELECT c.region_id FROM sky.combined_regions() AS c
  WHERE NOT sky.contains(sky.point(lon, lat), sky.region(c.s_region));
END
$$;

CREATE FUNCTION sky.regions_not_meeting(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  RETURN QUERY
  (SELECT p FROM sky.plain_regions() AS p EXCEPT SELECT r FROM sky.regions_meeting(region) AS r)
  UNION ALL
  SELECT c.region_id FROM sky.combined_regions() AS c WHERE NOT sky.intersects(sky.region(c.s_region), region);
END
$$;

CREATE FUNCTION sky.regions_not_within(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  RETURN QUERY
  (SELECT p FROM sky.plain_regions() AS p EXCEPT SELECT r FROM sky.regions_within(region) AS r)
  UNION ALL
  SELECT c.region_id FROM sky.combined_regions() AS c WHERE NOT sky.contains(sky.region(c.s_region), region);
END
$$;

CREATE FUNCTION sky.regions_not_around(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  RETURN QUERY
  (SELECT p FROM sky.plain_regions() AS p EXCEPT SELECT r FROM sky.regions_around(region) AS r)
  UNION ALL
  SELECT c.region_id FROM sky.combined_regions() AS c WHERE NOT sky.contains(region, sky.region(c.s_region));
END
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sky TO cloudtap_reader;
