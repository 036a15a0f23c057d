-- Searches among the regions that PostgreSQL plans as a part of the query that asks them: for a point or a
-- circle in numbers, of which adql/sky reckons all that is needed. The plan of such a query is kept with
-- its statement; the functions of 027 had to set up each of their expressions again in every transaction.
-- Of a million different footprints, ms over the socket, best of 15 to 20, before 029 and with this file
-- (pgSphere beside each): meet a circle of 1 degree 8.3 (14.2), 3.3 (10.1); within it 7.1 (12.4), 2.9 (10.1); meet
-- one of 0.1 degrees 1.4 (2.1), 0.7 (1.5); around a point 0.54 (0.38), 0.26 (0.24).
--
-- Each takes the bounds to search in, and of what is searched for: its centre as a unit vector, cosines
-- and sines of a circle around it and of one inside it (sky.caps of 027), its figure and its shape. The
-- figure is NULL for a region of several shapes. Regions reach up to longitude 720, so that bounds are searched
-- for at three turns of the sky. A region may come out twice.

-- Is a position in a rectangle of longitude and latitude? As given: a longitude of another turn is not.
CREATE FUNCTION sky.in_rectangle(
  lon double precision, lat double precision,
  west double precision, south double precision, east double precision, north double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lat BETWEEN south AND north AND lon BETWEEN west AND east;

-- ---------------------------------------------------------------- the exact answers
-- For the parts of regions that two circles cannot tell; `f` and `whole` are what is searched for. Each
-- looks its part up by itself: as a subquery that would be planned with each query, and be counted for each
-- row of the index.

CREATE FUNCTION sky.part_has_position(number bigint, part_number smallint, p double precision[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10
AS $$
DECLARE
  figure double precision[];
  shape double precision[];
BEGIN
  SELECT r.figure, r.shape INTO figure, shape FROM sky.region r
  WHERE r.region_id = number AND r.part = part_number;
  IF figure IS NULL THEN
    RETURN sky.alternative_has(shape, p);
  ELSIF cardinality(figure) = 32 AND figure[2] = 1 THEN  -- a convex quadrilateral, as most are
    RETURN figure[8] * p[2] + figure[9] * p[3] + figure[10] * p[4] >= -1e-13
      AND figure[15] * p[2] + figure[16] * p[3] + figure[17] * p[4] >= -1e-13
      AND figure[22] * p[2] + figure[23] * p[3] + figure[24] * p[4] >= -1e-13
      AND figure[29] * p[2] + figure[30] * p[3] + figure[31] * p[4] >= -1e-13;
  END IF;
  RETURN sky.figure_has(figure, p);
END
$$;

CREATE FUNCTION sky.part_meets(
  number bigint, part_number smallint, f double precision[], whole double precision[])
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN f IS NULL OR r.figure IS NULL THEN sky.intersects(r.shape, whole)
      ELSE sky.figures_meet(r.figure, f) END
    FROM sky.region r WHERE r.region_id = number AND r.part = part_number);
END
$$;

-- All parts of a region.
CREATE FUNCTION sky.region_lies_in(number bigint, f double precision[], whole double precision[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10
AS $$
BEGIN
  RETURN (
    SELECT bool_and(CASE WHEN f IS NULL OR r.figure IS NULL THEN sky.contains(r.shape, whole)
      ELSE sky.figure_has(f, r.figure) END IS TRUE)
    FROM sky.region r WHERE r.region_id = number);
END
$$;

-- ---------------------------------------------------------------- the searches

CREATE FUNCTION sky.search_around_position(
  west double precision, south double precision, east double precision, north double precision,
  px double precision, py double precision, pz double precision, p double precision[])
RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.region_id
  FROM (VALUES (0::double precision), (360), (-360)) AS turn(shift), sky.region r
  WHERE r.bounds && box(point(west + shift, south), point(east + shift, north)) AND CASE
    WHEN r.x * px + r.y * py + r.z * pz >= r.inner_cos + 2e-15 THEN true
    WHEN r.x * px + r.y * py + r.z * pz < r.outer_cos - 2e-15 THEN false
    ELSE sky.part_has_position(r.region_id, r.part, p) END;
END;

CREATE FUNCTION sky.search_meeting(
  west double precision, south double precision, east double precision, north double precision,
  cx double precision, cy double precision, cz double precision,
  outer_c double precision, outer_s double precision, inner_c double precision, inner_s double precision,
  f double precision[], whole double precision[])
RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.region_id
  FROM (VALUES (0::double precision), (360), (-360)) AS turn(shift), sky.region r
  WHERE r.bounds && box(point(west + shift, south), point(east + shift, north)) AND CASE
    WHEN r.x * cx + r.y * cy + r.z * cz >= r.inner_cos * inner_c - r.inner_sin * inner_s + 2e-15 THEN true
    WHEN r.x * cx + r.y * cy + r.z * cz < r.outer_cos * outer_c - r.outer_sin * outer_s - 2e-15 THEN false
    ELSE sky.part_meets(r.region_id, r.part, f, whole) END;
END;

CREATE FUNCTION sky.search_within(
  west double precision, south double precision, east double precision, north double precision,
  cx double precision, cy double precision, cz double precision,
  outer_c double precision, outer_s double precision, inner_c double precision, inner_s double precision,
  f double precision[], whole double precision[])
RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.region_id
  FROM (VALUES (0::double precision), (360), (-360)) AS turn(shift), sky.region r
  WHERE r.bounds && box(point(west + shift, south), point(east + shift, north)) AND CASE
    WHEN r.parts > 1 THEN sky.region_lies_in(r.region_id, f, whole)
    WHEN r.outer_sin <= inner_s
      AND r.x * cx + r.y * cy + r.z * cz >= r.outer_cos * inner_c + r.outer_sin * inner_s + 2e-15 THEN true
    WHEN r.x * cx + r.y * cy + r.z * cz < r.inner_cos * outer_c + r.inner_sin * outer_s - 2e-15 THEN false
    ELSE sky.region_lies_in(r.region_id, f, whole) END;
END;

-- ---------------------------------------------------------------- for what only the data know
-- As in 027, by the searches above. Two of those three: sky.regions_meeting has more to decide.

CREATE OR REPLACE FUNCTION sky.regions_around_point(lon double precision, lat double precision) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  p CONSTANT double precision[] := sky.figure(sky.point(lon, lat));
  px CONSTANT double precision := p[2];
  py CONSTANT double precision := p[3];
  pz CONSTANT double precision := p[4];
BEGIN
  RETURN QUERY SELECT s FROM sky.search_around_position(p[5], p[6], p[5], p[6], px, py, pz, p) AS s;
END
$$;

CREATE OR REPLACE FUNCTION sky.regions_within(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  b CONSTANT box := CASE WHEN f IS NULL THEN sky.region_bounds(region) ELSE sky.figure_bounds(f) END;
  c CONSTANT double precision[] := sky.caps(f);
  -- one by one: they are asked for in each row
  cx CONSTANT double precision := c[1];
  cy CONSTANT double precision := c[2];
  cz CONSTANT double precision := c[3];
  outer_c CONSTANT double precision := c[4];
  outer_s CONSTANT double precision := c[5];
  inner_c CONSTANT double precision := c[6];
  inner_s CONSTANT double precision := c[7];
  whole CONSTANT double precision[] := region;
BEGIN
  RETURN QUERY SELECT s FROM sky.search_within((b[1])[0], (b[1])[1], (b[0])[0], (b[0])[1],
    cx, cy, cz, outer_c, outer_s, inner_c, inner_s, f, whole) AS s;
END
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sky TO cloudtap_reader;
