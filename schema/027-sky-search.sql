-- Searches on the sky without a word for the planner to think about: constants come ready-made from
-- adql/sky, and regions are told apart by two circles each before anything exact is computed.
--
-- CPU us of a cone of 1 arcsec in a million rows, PostgreSQL 15, planning included: sky.point_in_circle
-- (021), whose nested functions the planner opens one by one, 155 to 210; the two functions below 97 to 106; pgSphere 52 to
-- 71. As a prepared statement 16, pgSphere 18.

-- ---------------------------------------------------------------- positions and constants

-- Is a position in bounds given in degrees? West in [0, 360), east may lie beyond 360. The form that the
-- index on sky.position serves.
CREATE FUNCTION sky.in_bounds(
  lon double precision, lat double precision,
  west double precision, south double precision, east double precision, north double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN point(lon - 360 * floor(lon / 360), lat) <@ box(point(west, south), point(east, north));

-- Is a position in a circle of less than 179.95 degrees? Haversines: true to 1e-15 degrees for small radii
-- and to 3e-11 for the largest. `limit` is sin((radius + 6e-12) / 2) squared.
CREATE FUNCTION sky.in_cap(
  lon double precision, lat double precision,
  centre_lat double precision, centre_lon double precision, cos_centre_lat double precision, "limit" double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sind((lat - centre_lat) / 2) ^ 2 + cosd(lat) * cos_centre_lat * sind((lon - centre_lon) / 2) ^ 2 <= "limit";

-- Is a position in the convex quadrilateral with this figure?
CREATE FUNCTION sky.in_quadrilateral(lon double precision, lat double precision, figure double precision[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN cosd(lat) * (figure[8] * cosd(lon) + figure[9] * sind(lon)) + figure[10] * sind(lat) >= -1e-13
  AND cosd(lat) * (figure[15] * cosd(lon) + figure[16] * sind(lon)) + figure[17] * sind(lat) >= -1e-13
  AND cosd(lat) * (figure[22] * cosd(lon) + figure[23] * sind(lon)) + figure[24] * sind(lat) >= -1e-13
  AND cosd(lat) * (figure[29] * cosd(lon) + figure[30] * sind(lon)) + figure[31] * sind(lat) >= -1e-13;

-- Is a position in any other polygon?
CREATE FUNCTION sky.in_polygon(lon double precision, lat double precision, figure double precision[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.figure_has(figure, sky.figure(sky.point(lon, lat)));

-- As in 021, but for latitudes of any number, as uploads have them: beyond the poles there is nothing.
CREATE OR REPLACE FUNCTION sky.near_in_zones(
  lon double precision, lat double precision,
  centre_lon double precision, centre_lat double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(floor(lat * 50) AS integer) = ANY (ARRAY[
    CAST(floor((least(greatest(centre_lat, -99), 99) - radius - 1e-9) * 50) AS integer),
    CAST(floor((least(greatest(centre_lat, -99), 99) + radius + 1e-9) * 50) AS integer)])
  AND lon - 360 * floor(lon / 360) BETWEEN
    coalesce(sky.longitude(centre_lon)
      - sky.narrow_width(sky.longitude(centre_lon), centre_lat, radius), -1) AND
    coalesce(sky.longitude(centre_lon)
      + sky.narrow_width(sky.longitude(centre_lon), centre_lat, radius), 361);

-- The law of cosines is true to 1e-11 degrees at 0.05 degrees only; from 1 degree on it errs by less than
-- what counts as the border, so that all forms of the question agree there.
CREATE OR REPLACE FUNCTION sky.is_within(
  lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN radius < 1 THEN sky.is_within_little(lon1, lat1, lon2, lat2, radius)
  WHEN radius < 179 THEN sky.is_within_some(lon1, lat1, lon2, lat2, radius)
  ELSE sky.is_within_most(lon1, lat1, lon2, lat2, radius) END;

-- ---------------------------------------------------------------- two circles for each region

-- The circle around a figure and one inside it with the same centre: {x, y, z, outer cos, outer sin, inner
-- cos, inner sin}. NULL for an outer circle of more than 90 degrees, and for an inner one where the
-- centre lies outside. The sides of the two are moved by 1e-9 degrees to the safe side.
CREATE FUNCTION sky.caps(figure double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  centre double precision[];
  farthest double precision := 0;
  nearest double precision;
BEGIN
  IF figure[1] < 2 THEN
    centre := figure[2:4];
    farthest := CASE WHEN figure[1] = 1 THEN figure[7] ELSE 0 END;
    nearest := farthest;
  ELSE
    centre := sky.middle(figure);
    FOR v IN 5..cardinality(figure) - 6 BY 7 LOOP
      farthest := greatest(farthest, sky.angle(centre, figure[v : v + 2]));
    END LOOP;
    IF sky.polygon_has(figure, sky.longitude_of(centre), centre[1], centre[2], centre[3]) THEN
      nearest := sky.distance_to_edges(figure, centre);
    END IF;
  END IF;
  farthest := CASE WHEN farthest < 89.9 THEN farthest + 1e-9 END;
  nearest := least(greatest(nearest - 1e-9, 0), 89.9);
  RETURN centre || ARRAY[cosd(farthest), sind(farthest), cosd(nearest), sind(nearest)];
END
$$;

-- The direction of the sum of a polygon's vertices; the first of them where that sum is nothing.
CREATE FUNCTION sky.middle(figure double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  x double precision := 0;
  y double precision := 0;
  z double precision := 0;
BEGIN
  FOR v IN 5..cardinality(figure) - 6 BY 7 LOOP
    x := x + figure[v];
    y := y + figure[v + 1];
    z := z + figure[v + 2];
  END LOOP;
  IF x * x + y * y + z * z < 1e-12 THEN
    RETURN figure[5:7];
  END IF;
  RETURN sky.normalized(ARRAY[x, y, z]);
END
$$;

-- All NULL for an alternative of several conditions, which is always tested exactly.
ALTER TABLE sky.region
  ADD COLUMN x double precision,
  ADD COLUMN y double precision,
  ADD COLUMN z double precision,
  ADD COLUMN outer_cos double precision,
  ADD COLUMN outer_sin double precision,
  ADD COLUMN inner_cos double precision,
  ADD COLUMN inner_sin double precision;

-- Not in a function of the row: a generated column would compute the circles seven times.
CREATE FUNCTION sky.give_caps() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  caps CONSTANT double precision[] := sky.caps(NEW.figure);
BEGIN
  NEW.x := caps[1];
  NEW.y := caps[2];
  NEW.z := caps[3];
  NEW.outer_cos := caps[4];
  NEW.outer_sin := caps[5];
  NEW.inner_cos := caps[6];
  NEW.inner_sin := caps[7];
  RETURN NEW;
END
$$;

CREATE TRIGGER give_caps BEFORE INSERT OR UPDATE OF figure ON sky.region
  FOR EACH ROW WHEN (NEW.figure IS NOT NULL) EXECUTE FUNCTION sky.give_caps();

UPDATE sky.region SET figure = figure;

-- Answers most searches by itself: the table is read only for regions at the border of what is searched
-- for. Needs VACUUM after a load of many regions, by which PostgreSQL learns that it need not look.
CREATE INDEX region_search_index ON sky.region USING gist (bounds)
  INCLUDE (region_id, part, parts, x, y, z, outer_cos, outer_sin, inner_cos, inner_sin);
DROP INDEX sky.region_bounds_index;

-- ---------------------------------------------------------------- several shapes
-- As in 022, but in plpgsql, which keeps its plans: as SQL functions these took a millisecond of planning
-- in each query (or, in a function, at each call), whether there were several shapes or one.

CREATE OR REPLACE FUNCTION sky.contains(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF sky.is_one_shape(a) AND sky.is_one_shape(b) THEN
    RETURN sky.figure_has(sky.figure(b), sky.figure(a));
  END IF;
  RETURN (
    SELECT bool_and(CASE WHEN sky.is_one_shape(part) THEN (
      SELECT bool_or(sky.alternative_has(alternative, sky.figure(part)))
      FROM sky.split(b, 'NaN') AS alternative) END)
    FROM sky.split(a, 'NaN') AS part);
END
$$;

CREATE OR REPLACE FUNCTION sky.intersects(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF sky.is_one_shape(a) AND sky.is_one_shape(b) THEN
    RETURN sky.figures_meet(sky.figure(a), sky.figure(b));
  END IF;
  RETURN (
    SELECT bool_or(CASE
      WHEN sky.is_one_shape(part) THEN sky.alternative_meets(alternative, sky.figure(part))
      WHEN sky.is_one_shape(alternative) THEN sky.alternative_meets(part, sky.figure(alternative)) END)
    FROM sky.split(a, 'NaN') AS part, sky.split(b, 'NaN') AS alternative);
END
$$;

CREATE OR REPLACE FUNCTION sky.region_bounds(region double precision[]) RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
BEGIN
  IF sky.is_one_shape(region) THEN
    RETURN sky.figure_bounds(sky.figure(region));
  END IF;
  RETURN (
    SELECT CASE count(*)
      WHEN 1 THEN box(point(min((b[1])[0]), min((b[1])[1])), point(max((b[0])[0]), max((b[0])[1])))
      ELSE box(point(0, min((b[1])[1])), point(360, max((b[0])[1]))) END
    FROM (SELECT sky.alternative_bounds(part) AS b FROM sky.split(region, 'NaN') AS part) AS alternatives);
END
$$;

-- ---------------------------------------------------------------- circles and polygons

-- Is the angle between a unit vector and the polygon at most the circle's radius? Each edge with the
-- foot of the perpendicular on it, or its first vertex; in plain numbers, for slices of arrays take longer
-- than all the rest.
CREATE OR REPLACE FUNCTION sky.polygon_meets_circle(polygon double precision[], circle double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  x CONSTANT double precision := circle[2];
  y CONSTANT double precision := circle[3];
  z CONSTANT double precision := circle[4];
  last CONSTANT integer := cardinality(polygon) - 6;
  is_convex CONSTANT boolean := polygon[2] = 1;
  reach CONSTANT double precision := circle[7] + 6e-12;
  near CONSTANT double precision := 4 * sind(least(reach, 180) / 2) ^ 2;  -- the square of a chord
  deep CONSTANT double precision := sind(least(reach, 90));
  height double precision;
  is_inside boolean := true;
  n integer;
  vx double precision;
  vy double precision;
  vz double precision;
BEGIN
  FOR e IN 5..last BY 7 LOOP
    vx := polygon[e];
    vy := polygon[e + 1];
    vz := polygon[e + 2];
    IF (vx - x) * (vx - x) + (vy - y) * (vy - y) + (vz - z) * (vz - z) <= near THEN
      RETURN true;
    END IF;
    height := polygon[e + 3] * x + polygon[e + 4] * y + polygon[e + 5] * z;
    IF height < 0 THEN
      is_inside := false;
      IF is_convex AND height < -deep THEN
        RETURN false;
      END IF;
    END IF;
    IF abs(height) <= deep THEN
      n := CASE WHEN e = last THEN 5 ELSE e + 7 END;
      -- (f x a) . p >= 0 and (f x b) . p <= 0: p lies between the ends, seen along the normal f
      IF (polygon[e + 4] * vz - polygon[e + 5] * vy) * x + (polygon[e + 5] * vx - polygon[e + 3] * vz) * y
          + (polygon[e + 3] * vy - polygon[e + 4] * vx) * z >= 0
        AND (polygon[e + 4] * polygon[n + 2] - polygon[e + 5] * polygon[n + 1]) * x
          + (polygon[e + 5] * polygon[n] - polygon[e + 3] * polygon[n + 2]) * y
          + (polygon[e + 3] * polygon[n + 1] - polygon[e + 4] * polygon[n]) * z <= 0
      THEN
        RETURN true;
      END IF;
    END IF;
  END LOOP;
  IF is_convex THEN
    RETURN is_inside;
  END IF;
  RETURN sky.polygon_has(polygon, circle[5], x, y, z);
END
$$;

-- ---------------------------------------------------------------- searches among the regions

-- Bounds as all that bounds of a region can meet: regions reach up to longitude 720.
CREATE FUNCTION sky.turns(bounds box) RETURNS box[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (bounds[0])[0] < 360 THEN ARRAY[bounds, bounds + point(360, 0)]
  ELSE ARRAY[bounds, bounds + point(360, 0), bounds - point(360, 0)] END;

-- Sums of products with the centre of a region; 2e-15 is more than their rounding.
CREATE FUNCTION sky.dot(
  x1 double precision, y1 double precision, z1 double precision,
  x2 double precision, y2 double precision, z2 double precision)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN x1 * x2 + y1 * y2 + z1 * z2;

-- Convex, as boxes and the footprints of most detectors are.
CREATE FUNCTION sky.is_quadrilateral(figure double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN cardinality(figure) = 32 AND figure[2] = 1;

-- Each search asks the circles first: yes and no are nearly always certain then, and only what lies between
-- is tested with the region's figure or, where it has none, its shape. Planning takes a millisecond, once
-- for each connection: without the setting PostgreSQL would try five times whether values change the plan.

CREATE OR REPLACE FUNCTION sky.regions_around_point(lon double precision, lat double precision) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  p CONSTANT double precision[] := sky.figure(sky.point(lon, lat));
  px CONSTANT double precision := p[2];
  py CONSTANT double precision := p[3];
  pz CONSTANT double precision := p[4];
  searched CONSTANT box[] := sky.turns(box(point(p[5], lat), point(p[5], lat)));
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM unnest(searched) AS s, sky.region r
  WHERE r.bounds && s AND CASE
    WHEN r.x * px + r.y * py + r.z * pz >= r.inner_cos + 2e-15 THEN true
    WHEN r.x * px + r.y * py + r.z * pz < r.outer_cos - 2e-15 THEN false
    ELSE (
      SELECT CASE WHEN e.figure IS NULL THEN sky.alternative_has(e.shape, p)
        WHEN cardinality(e.figure) = 32 AND e.figure[2] = 1 THEN  -- a convex quadrilateral, as most are
          sky.height(e.figure, 5, px, py, pz) >= -1e-13 AND sky.height(e.figure, 12, px, py, pz) >= -1e-13
          AND sky.height(e.figure, 19, px, py, pz) >= -1e-13 AND sky.height(e.figure, 26, px, py, pz) >= -1e-13
        ELSE sky.figure_has(e.figure, p) END
      FROM sky.region e WHERE e.region_id = r.region_id AND e.part = r.part) END;
END
$$;

CREATE OR REPLACE FUNCTION sky.regions_meeting(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box[] := sky.turns(CASE WHEN f IS NULL THEN sky.region_bounds(region) ELSE sky.figure_bounds(f) END);
  c CONSTANT double precision[] := sky.caps(f);
  cx CONSTANT double precision := c[1];
  cy CONSTANT double precision := c[2];
  cz CONSTANT double precision := c[3];
  outer_c CONSTANT double precision := c[4];
  outer_s CONSTANT double precision := c[5];
  inner_c CONSTANT double precision := c[6];
  inner_s CONSTANT double precision := c[7];
BEGIN
  IF sky.is_quadrilateral(f) THEN
    RETURN QUERY SELECT sky.regions_meeting_quadrilateral(f, whole, searched);
    RETURN;
  END IF;
  RETURN QUERY
  SELECT r.region_id FROM unnest(searched) AS s, sky.region r
  WHERE r.bounds && s AND CASE
    WHEN r.x * cx + r.y * cy + r.z * cz >= r.inner_cos * inner_c - r.inner_sin * inner_s + 2e-15 THEN true
    WHEN r.x * cx + r.y * cy + r.z * cz < r.outer_cos * outer_c - r.outer_sin * outer_s - 2e-15 THEN false
    ELSE (
      SELECT CASE WHEN f IS NULL OR e.figure IS NULL THEN sky.intersects(e.shape, whole)
        ELSE sky.figures_meet(e.figure, f) END
      FROM sky.region e WHERE e.region_id = r.region_id AND e.part = r.part) END;
END
$$;

-- Do all four corners of a quadrilateral lie outside an edge with this normal?
CREATE FUNCTION sky.lies_outside(figure double precision[], x double precision, y double precision, z double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN figure[5] * x + figure[6] * y + figure[7] * z < -1e-13
  AND figure[12] * x + figure[13] * y + figure[14] * z < -1e-13
  AND figure[19] * x + figure[20] * y + figure[21] * z < -1e-13
  AND figure[26] * x + figure[27] * y + figure[28] * z < -1e-13;

-- The same for a convex quadrilateral: a region whose centre lies inside all edges meets it, and one whose
-- outer circle lies wholly outside an edge does not.
CREATE FUNCTION sky.regions_meeting_quadrilateral(
  f double precision[], shape double precision[], searched box[])
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  x1 CONSTANT double precision := f[8];
  y1 CONSTANT double precision := f[9];
  z1 CONSTANT double precision := f[10];
  x2 CONSTANT double precision := f[15];
  y2 CONSTANT double precision := f[16];
  z2 CONSTANT double precision := f[17];
  x3 CONSTANT double precision := f[22];
  y3 CONSTANT double precision := f[23];
  z3 CONSTANT double precision := f[24];
  x4 CONSTANT double precision := f[29];
  y4 CONSTANT double precision := f[30];
  z4 CONSTANT double precision := f[31];
  whole CONSTANT double precision[] := shape;
  is_small CONSTANT boolean := (sky.caps(f))[5] < 0.5;  -- within 30 degrees of its middle
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM unnest(searched) AS s, sky.region r
  WHERE r.bounds && s AND CASE
    WHEN r.inner_cos IS NOT NULL
      AND sky.dot(x1, y1, z1, r.x, r.y, r.z) >= 2e-15 AND sky.dot(x2, y2, z2, r.x, r.y, r.z) >= 2e-15
      AND sky.dot(x3, y3, z3, r.x, r.y, r.z) >= 2e-15 AND sky.dot(x4, y4, z4, r.x, r.y, r.z) >= 2e-15
      THEN true
    WHEN sky.dot(x1, y1, z1, r.x, r.y, r.z) < -r.outer_sin - 2e-15
      OR sky.dot(x2, y2, z2, r.x, r.y, r.z) < -r.outer_sin - 2e-15
      OR sky.dot(x3, y3, z3, r.x, r.y, r.z) < -r.outer_sin - 2e-15
      OR sky.dot(x4, y4, z4, r.x, r.y, r.z) < -r.outer_sin - 2e-15
      THEN false
    ELSE (
      SELECT CASE WHEN e.figure IS NULL THEN sky.intersects(e.shape, whole)
        WHEN is_small AND r.outer_sin < 0.5 AND sky.is_quadrilateral(e.figure) THEN NOT (
          -- in one hemisphere: they meet unless an edge of one has the other on its outside
          sky.lies_outside(e.figure, x1, y1, z1) OR sky.lies_outside(e.figure, x2, y2, z2)
          OR sky.lies_outside(e.figure, x3, y3, z3) OR sky.lies_outside(e.figure, x4, y4, z4)
          OR sky.lies_outside(f, e.figure[8], e.figure[9], e.figure[10])
          OR sky.lies_outside(f, e.figure[15], e.figure[16], e.figure[17])
          OR sky.lies_outside(f, e.figure[22], e.figure[23], e.figure[24])
          OR sky.lies_outside(f, e.figure[29], e.figure[30], e.figure[31]))
        ELSE sky.figures_meet(e.figure, f) END
      FROM sky.region e WHERE e.region_id = r.region_id AND e.part = r.part) END;
END
$$;

CREATE OR REPLACE FUNCTION sky.regions_within(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box[] := sky.turns(CASE WHEN f IS NULL THEN sky.region_bounds(region) ELSE sky.figure_bounds(f) END);
  c CONSTANT double precision[] := sky.caps(f);
  cx CONSTANT double precision := c[1];
  cy CONSTANT double precision := c[2];
  cz CONSTANT double precision := c[3];
  outer_c CONSTANT double precision := c[4];
  outer_s CONSTANT double precision := c[5];
  inner_c CONSTANT double precision := c[6];
  inner_s CONSTANT double precision := c[7];
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM unnest(searched) AS s, sky.region r
  WHERE r.bounds && s AND CASE
    WHEN r.outer_sin <= inner_s
      AND r.x * cx + r.y * cy + r.z * cz >= r.outer_cos * inner_c + r.outer_sin * inner_s + 2e-15 THEN true
    WHEN r.x * cx + r.y * cy + r.z * cz < r.inner_cos * outer_c + r.inner_sin * outer_s - 2e-15 THEN false
    ELSE (
      SELECT CASE WHEN f IS NULL OR e.figure IS NULL THEN sky.contains(e.shape, whole)
        ELSE sky.figure_has(f, e.figure) END
      FROM sky.region e WHERE e.region_id = r.region_id AND e.part = r.part) END
  GROUP BY r.region_id HAVING count(DISTINCT r.part) = max(r.parts);
END
$$;

CREATE OR REPLACE FUNCTION sky.regions_around(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box[] := sky.turns(CASE WHEN f IS NULL THEN sky.region_bounds(region) ELSE sky.figure_bounds(f) END);
  c CONSTANT double precision[] := sky.caps(f);
  cx CONSTANT double precision := c[1];
  cy CONSTANT double precision := c[2];
  cz CONSTANT double precision := c[3];
  outer_c CONSTANT double precision := c[4];
  outer_s CONSTANT double precision := c[5];
  inner_c CONSTANT double precision := c[6];
  inner_s CONSTANT double precision := c[7];
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM unnest(searched) AS s, sky.region r
  WHERE r.bounds && s AND CASE
    WHEN outer_s <= r.inner_sin
      AND r.x * cx + r.y * cy + r.z * cz >= r.inner_cos * outer_c + r.inner_sin * outer_s + 2e-15 THEN true
    WHEN r.x * cx + r.y * cy + r.z * cz < r.outer_cos * inner_c + r.outer_sin * inner_s - 2e-15 THEN false
    ELSE (
      SELECT CASE WHEN f IS NULL OR e.figure IS NULL THEN sky.contains(whole, e.shape)
        ELSE sky.figure_has(e.figure, f) END
      FROM sky.region e WHERE e.region_id = r.region_id AND e.part = r.part) END;
END
$$;

-- CONTAINS(POINT(lon, lat), s_region) of one row, by the number of its region: 13 us instead of the 140 that
-- reading the text takes. NULL for a region that cannot be read.
CREATE FUNCTION sky.region_has_position(number bigint, lon double precision, lat double precision) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  p CONSTANT double precision[] := sky.figure(sky.point(lon, lat));
  answer boolean;
BEGIN
  SELECT bool_or(CASE WHEN r.figure IS NULL THEN sky.alternative_has(r.shape, p) ELSE sky.figure_has(r.figure, p) END)
  INTO answer FROM sky.region r WHERE r.region_id = number AND r.parts > 0;
  RETURN answer;
END
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sky TO cloudtap_reader;
