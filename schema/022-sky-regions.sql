-- Regions: texts that hold one or several shapes (STC-S or DALI), and the table of all regions that the
-- catalogue names.
--
-- A region is a double precision[] like a shape; three marks hold its shapes together:
--   NaN        between alternatives          A NaN B             = A or B
--   Infinity   between conditions            A Infinity B        = A and B (binds stronger)
--   -Infinity  before a shape                -Infinity A         = outside A
-- A point is in a region when all conditions of one of its alternatives hold. Nearly all regions are
-- one shape, and then need no marks.

-- ---------------------------------------------------------------- text -> region

-- A region from text:
--   region  = shape {shape}                                                  (several: any of them)
--   shape   = (POSITION | POINT) words lon lat | CIRCLE words lon lat radius
--           | POLYGON words lon lat lon lat lon lat {lon lat} | BOX words lon lat width height
--           | RANGE lon1 lon2 lat1 lat2
--           | (UNION | INTERSECTION) words ( shape {shape} ) | NOT words ( shape )
-- Words are a frame (ICRS, FK5, J2000, GALACTIC, UNKNOWNFRAME, GSC1), a reference position and a flavour
-- (SPHERICAL2); without a frame it is ICRS. Case does not matter. Errors have SQLSTATE SKY01.
CREATE FUNCTION sky.region_literal(description text) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE STRICT
AS $$
DECLARE
  -- what most texts are: read without going word by word, in a quarter of the time
  simple CONSTANT text[] := regexp_match(description, '^ ?(polygon|circle|position) (?:icrs )?([-+.0-9e ]+)$', 'i');
  tokens text[];
  region double precision[];
  parsed record;
  next integer := 1;
BEGIN
  IF simple IS NOT NULL THEN
    RETURN sky.shape_named(upper(simple[1]), ('{' || regexp_replace(btrim(simple[2]), ' +', ',', 'g') || '}')::double precision[]);
  END IF;
  tokens := regexp_split_to_array(
    btrim(regexp_replace(upper(description), '([()])', ' \1 ', 'g'), E' \t\r\n'), '[\s,]+');
  WHILE next <= cardinality(tokens) LOOP
    parsed := sky.parse_region(tokens, next, false);
    region := sky.either(region, parsed.region);
    next := parsed.next;
  END LOOP;
  RETURN region;
EXCEPTION
  WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM sky.refuse(format('A region has a number that is none in %s.', quote_literal(description)));
  WHEN SQLSTATE 'SKY01' THEN
    PERFORM sky.refuse(SQLERRM || format(' (In the region %s.)', quote_literal(description)));
END
$$;

-- The same for texts of a catalogue, where one that cannot be read must not spoil a whole query: NULL.
CREATE FUNCTION sky.region(description text) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE STRICT
AS $$
BEGIN
  RETURN sky.region_literal(description);
EXCEPTION WHEN SQLSTATE 'SKY01' THEN
  RETURN NULL;
END
$$;

-- One shape or combination that begins at a token; `galactic` when a combination around it said so.
CREATE FUNCTION sky.parse_region(
  tokens text[], start integer, galactic boolean, OUT region double precision[], OUT next integer)
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  name CONSTANT text := tokens[start];
  numbers double precision[];
  content record;
BEGIN
  next := start + 1;
  WHILE tokens[next] ~ '^[A-Z]' AND NOT (name = 'NOT' AND sky.is_region_word(tokens[next])) LOOP
    galactic := sky.is_galactic(tokens[next], galactic);
    next := next + 1;
  END LOOP;
  IF name IN ('UNION', 'INTERSECTION', 'NOT') THEN
    content := sky.parse_combination(tokens, next, galactic, name = 'INTERSECTION');
    region := CASE name WHEN 'NOT' THEN sky.outside(content.region) ELSE content.region END;
    next := content.next;
    RETURN;
  END IF;
  WHILE tokens[next] ~ '^[-+.0-9]' LOOP
    next := next + 1;
  END LOOP;
  SELECT array_agg(token::double precision ORDER BY place) INTO numbers
  FROM unnest(tokens[start + 1 : next - 1]) WITH ORDINALITY AS t(token, place) WHERE token ~ '^[-+.0-9]';
  region := sky.shape_named(name, coalesce(numbers, '{}'));
  IF galactic THEN
    region := sky.transformed(region, 'GALACTIC', 'ICRS');
  END IF;
END
$$;

CREATE FUNCTION sky.is_region_word(word text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN word IN ('POSITION', 'POINT', 'CIRCLE', 'POLYGON', 'BOX', 'RANGE', 'UNION', 'INTERSECTION', 'NOT');

-- Is the frame galactic after this word? Words that change nothing are passed over, others refused.
CREATE FUNCTION sky.is_galactic(word text, before boolean) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  IF word IN ('GALACTIC', 'GALACTIC_II') THEN
    RETURN true;
  ELSIF word IN ('ICRS', 'FK5', 'J2000', 'UNKNOWNFRAME', 'GSC1') THEN
    RETURN false;
  ELSIF word IN ('GEOCENTER', 'TOPOCENTER', 'BARYCENTER', 'HELIOCENTER', 'LSR', 'UNKNOWNREFPOS', 'SPHERICAL2') THEN
    RETURN before;
  END IF;
  PERFORM sky.refuse(format('A region cannot be read at %s: expected a shape in the frame ICRS or GALACTIC.', word));
END
$$;

-- `( shape {shape} )` that begins at a token; NOT may leave the parentheses out.
CREATE FUNCTION sky.parse_combination(
  tokens text[], start integer, galactic boolean, intersection boolean, OUT region double precision[], OUT next integer)
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  parsed record;
BEGIN
  IF tokens[start] <> '(' THEN
    SELECT p.region, p.next INTO region, next FROM sky.parse_region(tokens, start, galactic) AS p;
    RETURN;
  END IF;
  next := start + 1;
  WHILE tokens[next] <> ')' LOOP
    parsed := sky.parse_region(tokens, next, galactic);
    region := CASE WHEN intersection THEN sky.both(region, parsed.region) ELSE sky.either(region, parsed.region) END;
    next := parsed.next;
  END LOOP;
  IF tokens[next] IS NULL OR region IS NULL THEN
    PERFORM sky.refuse('A region has a parenthesis that is not closed, or nothing in it.');
  END IF;
  next := next + 1;
END
$$;

CREATE FUNCTION sky.shape_named(name text, numbers double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  CASE
    WHEN name IN ('POSITION', 'POINT') AND cardinality(numbers) = 2 THEN
      RETURN sky.point(numbers[1], numbers[2]);
    WHEN name = 'CIRCLE' AND cardinality(numbers) = 3 THEN
      RETURN sky.circle(numbers[1], numbers[2], numbers[3]);
    WHEN name = 'BOX' AND cardinality(numbers) = 4 THEN
      RETURN sky.box(numbers[1], numbers[2], numbers[3], numbers[4]);
    WHEN name = 'RANGE' AND cardinality(numbers) = 4 THEN
      RETURN sky.range(numbers[1], numbers[2], numbers[3], numbers[4]);
    WHEN name = 'POLYGON' AND cardinality(numbers) >= 6 THEN
      RETURN sky.vertices(numbers);
    ELSE
      PERFORM sky.refuse(format('A region cannot be read at %s with %s numbers: expected POSITION (2), CIRCLE '
        '(3), BOX (4), POLYGON (6 or more), UNION, INTERSECTION or NOT.', coalesce(nullif(name, ''), 'its end'), cardinality(numbers)));
  END CASE;
END
$$;

-- DALI 1.2, "range": its sides are meridians and parallels. The parallels are circles about the poles.
CREATE FUNCTION sky.range(lon1 double precision, lon2 double precision, lat1 double precision, lat2 double precision)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  width CONSTANT double precision := CASE WHEN lon2 - lon1 >= 360 THEN 360 ELSE sky.longitude(lon2 - lon1) END;
  middle CONSTANT double precision := lon1 + width / 2;
  parallels CONSTANT double precision[] := sky.both(sky.circle(0, 90, 90 - lat1), sky.circle(0, -90, 90 + lat2));
BEGIN
  IF width >= 360 THEN
    RETURN parallels;
  END IF;
  RETURN sky.both(parallels, sky.either(sky.lune(lon1, middle), sky.lune(middle, lon2)));
END
$$;

-- Everything between two meridians less than 180 degrees apart.
CREATE FUNCTION sky.lune(lon1 double precision, lon2 double precision) RETURNS double precision[]
LANGUAGE sql IMMUTABLE
RETURN sky.polygon(lon1, 0, lon1, -90, lon2, 0, lon1, 90);

-- ---------------------------------------------------------------- combinations

CREATE FUNCTION sky.split(region double precision[], mark double precision) RETURNS SETOF double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  start integer := 1;
  stop integer := array_position(region, mark);
BEGIN
  WHILE stop IS NOT NULL LOOP
    RETURN NEXT region[start : stop - 1];
    start := stop + 1;
    stop := array_position(region, mark, start);
  END LOOP;
  RETURN NEXT region[start : cardinality(region)];
END
$$;

CREATE FUNCTION sky.is_one_shape(region double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT region && ARRAY['NaN', 'Infinity', '-Infinity']::double precision[];

CREATE FUNCTION sky.either(a double precision[], b double precision[]) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN a IS NULL THEN b ELSE a || 'NaN'::double precision || b END;

CREATE FUNCTION sky.both(a double precision[], b double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  region double precision[];
  x double precision[];
  y double precision[];
BEGIN
  IF a IS NULL THEN
    RETURN b;
  END IF;
  FOR x IN SELECT * FROM sky.split(a, 'NaN') LOOP
    FOR y IN SELECT * FROM sky.split(b, 'NaN') LOOP
      region := sky.either(region, x || 'Infinity'::double precision || y);
    END LOOP;
  END LOOP;
  IF cardinality(region) > 20000 THEN
    PERFORM sky.refuse('A region combines too many shapes.');
  END IF;
  RETURN region;
END
$$;

-- Outside all alternatives, that is outside of one condition of each.
CREATE FUNCTION sky.outside(inside double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  region double precision[];
  alternative double precision[];
  shape double precision[];
  without double precision[];
BEGIN
  FOR alternative IN SELECT * FROM sky.split(inside, 'NaN') LOOP
    without := NULL;
    FOR shape IN SELECT * FROM sky.split(alternative, 'Infinity') LOOP
      without := sky.either(without, CASE WHEN shape[1] = '-Infinity' THEN shape[2 : cardinality(shape)]
        ELSE '-Infinity'::double precision || shape END);
    END LOOP;
    region := sky.both(region, without);
  END LOOP;
  RETURN region;
END
$$;

-- ---------------------------------------------------------------- regions among each other

-- Is the shape with this figure wholly in an alternative, whose conditions then all hold?
CREATE FUNCTION sky.alternative_has(alternative double precision[], figure double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  shape double precision[];
BEGIN
  FOR shape IN SELECT * FROM sky.split(alternative, 'Infinity') LOOP
    IF shape[1] = '-Infinity' THEN
      IF sky.figures_meet(sky.figure(shape[2 : cardinality(shape)]), figure) THEN
        RETURN false;
      END IF;
    ELSIF NOT sky.figure_has(sky.figure(shape), figure) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- Has an alternative a point in common with the shape of this figure? NULL, not known, when it is an
-- intersection and the shape more than a point.
CREATE FUNCTION sky.alternative_meets(alternative double precision[], figure double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF sky.is_one_shape(alternative) THEN
    RETURN sky.figures_meet(sky.figure(alternative), figure);
  ELSIF figure[1] = 0 THEN
    RETURN sky.alternative_has(alternative, figure);
  ELSIF alternative[1] = '-Infinity' AND array_position(alternative, 'Infinity') IS NULL THEN
    RETURN NOT sky.figure_has(sky.figure(alternative[2 : cardinality(alternative)]), figure);
  END IF;
  RETURN NULL;
END
$$;

-- CONTAINS(a, b): is a wholly in b? An a of several shapes is when each of them is, and a shape is when
-- it lies in one alternative of b (one that only two of them together cover counts as outside).
CREATE FUNCTION sky.contains(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE
  WHEN sky.is_one_shape(a) AND sky.is_one_shape(b) THEN sky.figure_has(sky.figure(b), sky.figure(a))
  ELSE (
    SELECT bool_and(CASE WHEN sky.is_one_shape(part) THEN (
      SELECT bool_or(sky.alternative_has(alternative, sky.figure(part)))
      FROM sky.split(b, 'NaN') AS alternative) END)
    FROM sky.split(a, 'NaN') AS part) END;

-- INTERSECTS(a, b): have a and b a point in common?
CREATE FUNCTION sky.intersects(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE
  WHEN sky.is_one_shape(a) AND sky.is_one_shape(b) THEN sky.figures_meet(sky.figure(a), sky.figure(b))
  ELSE (
    SELECT bool_or(CASE
      WHEN sky.is_one_shape(part) THEN sky.alternative_meets(alternative, sky.figure(part))
      WHEN sky.is_one_shape(alternative) THEN sky.alternative_meets(part, sky.figure(alternative)) END)
    FROM sky.split(a, 'NaN') AS part, sky.split(b, 'NaN') AS alternative) END;

-- ---------------------------------------------------------------- measures

CREATE FUNCTION sky.shape_area(shape double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE cardinality(shape)
  WHEN 2 THEN 0
  WHEN 3 THEN 4 * pi() * sind(shape[3] / 2) ^ 2 * degrees(1) ^ 2
  ELSE (sky.figure(shape))[4] * degrees(1) ^ 2 END;

-- AREA in square degrees; of several alternatives the sum (their overlaps count twice), of an
-- intersection NULL.
CREATE FUNCTION sky.area(region double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN (
  SELECT CASE WHEN bool_and(sky.is_one_shape(part)) THEN sum(sky.shape_area(part)) END
  FROM sky.split(region, 'NaN') AS part);

-- CENTROID: of a circle its centre, of a polygon (and of a region of several shapes) the direction of the
-- sum of the unit vectors of all vertices (and centres).
CREATE FUNCTION sky.centroid(region double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  part double precision[];
  here double precision[];
  total double precision[] := '{0, 0, 0}';
BEGIN
  IF cardinality(region) IN (2, 3) THEN
    RETURN region[1:2];
  END IF;
  FOR part IN SELECT * FROM sky.split(region, 'NaN') LOOP
    IF NOT sky.is_one_shape(part) THEN
      RETURN NULL;
    END IF;
    FOR i IN 1..CASE WHEN cardinality(part) = 3 THEN 1 ELSE cardinality(part) END BY 2 LOOP
      here := sky.unit_vector(part[i], part[i + 1]);
      total := ARRAY[total[1] + here[1], total[2] + here[2], total[3] + here[3]];
    END LOOP;
  END LOOP;
  RETURN ARRAY[sky.longitude_of(total), sky.latitude_of(total)];
END
$$;

-- ---------------------------------------------------------------- the table of regions

-- Each different s_region once: the 4,482,130 images of TESS name 1088. One row for each alternative; a
-- text that cannot be read has one row with parts = 0 and nothing else. Filled by a trigger, so that a
-- region is known before a row can name it; regions that no row names any more cost nothing but space.
CREATE TABLE sky.region (
  region_id bigint NOT NULL,
  part      smallint NOT NULL,
  parts     smallint NOT NULL,
  s_region  text NOT NULL,
  shape     double precision[],
  figure    double precision[],  -- NULL for an alternative with several conditions
  bounds    box,
  PRIMARY KEY (region_id, part)
);
CREATE INDEX region_bounds_index ON sky.region USING gist (bounds);

-- The number of a region: 64 bits of hash of its text. A row's number follows from the row itself, and
-- an index on this expression is all that a catalogue needs. Two texts with one number are refused.
CREATE FUNCTION sky.region_id(s_region text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(s_region, 0);

-- Bounds of one alternative: those of its first positive condition.
CREATE FUNCTION sky.alternative_bounds(alternative double precision[]) RETURNS box
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(
  (SELECT sky.figure_bounds(sky.figure(shape)) FROM sky.split(alternative, 'Infinity') AS shape
   WHERE shape[1] <> '-Infinity' LIMIT 1),
  box(point(0, -91), point(360, 91)));

-- Bounds of all alternatives; for several, all the way round between their latitudes.
CREATE FUNCTION sky.region_bounds(region double precision[]) RETURNS box
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 10
RETURN (
  SELECT CASE count(*)
    WHEN 1 THEN box(point(min((b[1])[0]), min((b[1])[1])), point(max((b[0])[0]), max((b[0])[1])))
    ELSE box(point(0, min((b[1])[1])), point(360, max((b[0])[1]))) END
  FROM (SELECT sky.alternative_bounds(part) AS b FROM sky.split(region, 'NaN') AS part) AS alternatives);

-- Makes regions known; those known already, and NULLs, are passed over. Returns how many rows were added.
CREATE FUNCTION sky.register_regions(texts text[]) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
  added integer;
BEGIN
  INSERT INTO sky.region (region_id, part, parts, s_region, shape, figure, bounds)
  SELECT sky.region_id(text), place, CASE WHEN whole IS NULL THEN 0 ELSE parts END, text, part, figure,
    CASE WHEN figure IS NULL THEN sky.alternative_bounds(part) ELSE sky.figure_bounds(figure) END
  FROM (SELECT DISTINCT unnest(texts) AS text) AS given
  CROSS JOIN LATERAL (SELECT sky.region(text) AS whole OFFSET 0) AS region
  CROSS JOIN LATERAL (
    SELECT alternative.part, place, count(*) OVER () AS parts,
      CASE WHEN sky.is_one_shape(alternative.part) THEN sky.figure(alternative.part) END AS figure
    FROM sky.split(whole, 'NaN') WITH ORDINALITY AS alternative(part, place)) AS alternative
  WHERE text IS NOT NULL AND NOT EXISTS (
    SELECT FROM sky.region r WHERE r.region_id = sky.region_id(text) AND r.s_region = text)
  ON CONFLICT (region_id, part) DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  PERFORM sky.refuse_equal_numbers(texts);
  RETURN added;
END
$$;

-- One chance in forty million among a million texts; wrong answers would be worse than a failed load.
CREATE FUNCTION sky.refuse_equal_numbers(texts text[]) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  clash text;
BEGIN
  SELECT text INTO clash FROM unnest(texts) AS text
  JOIN sky.region r ON r.region_id = sky.region_id(text) AND r.part = 1 AND r.s_region <> text LIMIT 1;
  IF clash IS NOT NULL THEN
    RAISE EXCEPTION 'this s_region has the same 64-bit hash as another: write it in another way: %', clash;
  END IF;
END
$$;

-- For a trigger BEFORE INSERT OR UPDATE OF s_region.
CREATE FUNCTION sky.register_region_of_row() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM sky.region WHERE region_id = hashtextextended(NEW.s_region, 0) AND s_region = NEW.s_region)
  THEN
    PERFORM sky.register_regions(ARRAY[NEW.s_region]);
  END IF;
  RETURN NEW;
END
$$;

-- ---------------------------------------------------------------- searches among the regions

-- Do bounds of a region meet bounds that are searched for? Either may reach beyond longitude 360.
CREATE FUNCTION sky.bounds_meet(region_bounds box, searched box) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN region_bounds && searched
  OR region_bounds && (searched + point(360, 0))
  OR region_bounds && sky.one_turn_back(searched);

-- The regions that a condition on s_region selects, each tested once. Used as
--   sky.region_id(s_region) = ANY (ARRAY(SELECT f FROM sky.regions_around_point(lon, lat) AS f))
-- which searches the catalogue by its index on sky.region_id whatever PostgreSQL expects. The plain
-- `IN (SELECT ...)` becomes a hash join over the whole table when few regions serve many rows (TESS, 17,700
-- rows: 501 ms instead of 12 ms). In plpgsql because its plans are kept: planning took 0.5 ms a query.
-- Regions of several alternatives may come out twice.
--
-- CPU ms a query (pgSphere GiST / this), PostgreSQL 15, means of 30 positions, the same rows found:
--                                1 M different footprints    1.1 M rows of 1088 (TESS, 16,000 rows found)
--   around a point                     0.43 / 0.57                 93 / 6.8
--   meets a circle of 0.1, 1 deg        2.7 / 2.9, 9.4 / 5.8      135 / 6.8, 158 / 8.6
--   meets a square of 0.2, 2 deg         16 / 4.7, 100 / 15      1684 / 8.2, 1711 / 9.5
--   within a circle of 1 deg            6.6 / 5.6                 164 / 1.5
-- Registering a region takes 0.1 ms; the table of a million has 560 MB and indexes of 130 MB.

-- CONTAINS(POINT(lon, lat), s_region) = 1, and INTERSECTS of the two.
CREATE FUNCTION sky.regions_around_point(lon double precision, lat double precision) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  p CONSTANT double precision[] := sky.figure(sky.point(lon, lat));
  x CONSTANT double precision := p[2];
  y CONSTANT double precision := p[3];
  z CONSTANT double precision := p[4];
  searched CONSTANT box := sky.figure_bounds(p);
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM sky.region r
  WHERE sky.bounds_meet(r.bounds, searched) AND CASE
    WHEN r.figure IS NULL THEN sky.alternative_has(r.shape, p)
    WHEN cardinality(r.figure) = 32 AND r.figure[2] = 1 THEN  -- a convex quadrilateral, as most are
      sky.height(r.figure, 5, x, y, z) >= -1e-13 AND sky.height(r.figure, 12, x, y, z) >= -1e-13
      AND sky.height(r.figure, 19, x, y, z) >= -1e-13 AND sky.height(r.figure, 26, x, y, z) >= -1e-13
    ELSE sky.figure_has(r.figure, p) END;
END
$$;

-- How far a unit vector lies inside an edge of a figure: the sine of the angle.
CREATE FUNCTION sky.height(figure double precision[], e integer, x double precision, y double precision, z double precision)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN figure[e + 3] * x + figure[e + 4] * y + figure[e + 5] * z;

-- Does a quadrilateral lie wholly in a circle of up to 90 degrees, for certain? `near` is the square of
-- the circle's chord.
CREATE FUNCTION sky.all_corners_near(
  figure double precision[], x double precision, y double precision, z double precision, near double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (figure[5] - x) ^ 2 + (figure[6] - y) ^ 2 + (figure[7] - z) ^ 2 <= near
  AND (figure[12] - x) ^ 2 + (figure[13] - y) ^ 2 + (figure[14] - z) ^ 2 <= near
  AND (figure[19] - x) ^ 2 + (figure[20] - y) ^ 2 + (figure[21] - z) ^ 2 <= near
  AND (figure[26] - x) ^ 2 + (figure[27] - y) ^ 2 + (figure[28] - z) ^ 2 <= near;

-- Does a convex quadrilateral meet a circle for certain: has it the centre, or the circle a corner?
CREATE FUNCTION sky.surely_meets(
  figure double precision[], x double precision, y double precision, z double precision, near double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (figure[5] - x) ^ 2 + (figure[6] - y) ^ 2 + (figure[7] - z) ^ 2 <= near
  OR (sky.height(figure, 5, x, y, z) >= 0 AND sky.height(figure, 12, x, y, z) >= 0
    AND sky.height(figure, 19, x, y, z) >= 0 AND sky.height(figure, 26, x, y, z) >= 0)
  OR (figure[12] - x) ^ 2 + (figure[13] - y) ^ 2 + (figure[14] - z) ^ 2 <= near
  OR (figure[19] - x) ^ 2 + (figure[20] - y) ^ 2 + (figure[21] - z) ^ 2 <= near
  OR (figure[26] - x) ^ 2 + (figure[27] - y) ^ 2 + (figure[28] - z) ^ 2 <= near;

-- INTERSECTS(region, s_region) = 1. Most quadrilaterals that meet a circle are told by the short test.
CREATE FUNCTION sky.regions_meeting(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box := sky.region_bounds(region);
  near CONSTANT double precision := CASE WHEN f[1] = 1 THEN 4 * sind(f[7] / 2) ^ 2 END;
  x CONSTANT double precision := f[2];
  y CONSTANT double precision := f[3];
  z CONSTANT double precision := f[4];
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM sky.region r
  WHERE sky.bounds_meet(r.bounds, searched) AND CASE
    WHEN f IS NULL OR r.figure IS NULL THEN sky.intersects(r.shape, whole)
    WHEN near IS NOT NULL AND cardinality(r.figure) = 32 AND r.figure[2] = 1
      AND sky.surely_meets(r.figure, x, y, z, near) THEN true
    ELSE sky.figures_meet(r.figure, f) END;
END
$$;

-- CONTAINS(s_region, region) = 1: all alternatives of s_region lie in it.
CREATE FUNCTION sky.regions_within(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box := sky.region_bounds(region);
  near CONSTANT double precision := CASE WHEN f[1] = 1 AND f[7] <= 90 THEN 4 * sind(f[7] / 2) ^ 2 END;
  x CONSTANT double precision := f[2];
  y CONSTANT double precision := f[3];
  z CONSTANT double precision := f[4];
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM sky.region r
  WHERE sky.bounds_meet(r.bounds, searched) AND CASE
    WHEN f IS NULL OR r.figure IS NULL THEN sky.contains(r.shape, whole)
    WHEN near IS NOT NULL AND cardinality(r.figure) = 32
      AND sky.all_corners_near(r.figure, x, y, z, near) THEN true
    ELSE sky.figure_has(f, r.figure) END
  GROUP BY r.region_id HAVING count(*) = max(r.parts);
END
$$;

-- CONTAINS(region, s_region) = 1, for a region of one shape: it lies in one alternative.
CREATE FUNCTION sky.regions_around(region double precision[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  whole CONSTANT double precision[] := region;
  f CONSTANT double precision[] := CASE WHEN sky.is_one_shape(region) THEN sky.figure(region) END;
  searched CONSTANT box := sky.region_bounds(region);
BEGIN
  RETURN QUERY
  SELECT r.region_id FROM sky.region r
  WHERE sky.bounds_meet(r.bounds, searched) AND CASE
    WHEN f IS NULL OR r.figure IS NULL THEN sky.contains(whole, r.shape)
    ELSE sky.figure_has(r.figure, f) END;
END
$$;

-- The regions that can be read: what `CONTAINS(...) = 0` selects is these EXCEPT those above.
CREATE FUNCTION sky.readable_regions() RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT r.region_id FROM sky.region r WHERE r.part = 1 AND r.parts > 0;
END;
