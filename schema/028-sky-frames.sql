-- The frame FK4 for regions and ivo_geom_transform, and shapes whose numbers are awkward.

-- ---------------------------------------------------------------- frames

-- As in 023, and FK4 (equinox B1950): its axes by the rotation of Murray (1989, A&A 218, 325), onto ICRS.
-- The E-terms of aberration that positions in FK4 catalogues contain, up to 0.34 arcsec, are no rotation
-- and are left in.
CREATE OR REPLACE FUNCTION sky.frame_axes(frame text) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  CASE frame
    WHEN 'ICRS' THEN
      RETURN '{1, 0, 0, 0, 1, 0, 0, 0, 1}';
    WHEN 'FK5' THEN
      RETURN '{0.9999999999999928, -0.0000001110223330, -0.0000000441180450,
        0.0000001110223372, 0.9999999999999891, 0.0000000964779225,
        0.0000000441180343, -0.0000000964779274, 0.9999999999999943}';
    WHEN 'FK4' THEN
      RETURN '{0.99992568095145018, 0.011181371753884806, 0.0048589607407388312,
        -0.011181372203849878, 0.99993748613734545, -0.000027073328535966572,
        -0.0048589597052854233, -0.000027258532094298227, 0.99998819481409629}';
    WHEN 'GALACTIC' THEN
      RETURN '{-0.0548756577125917, -0.8734370519556164, -0.4838350736167156,
        0.4941094371927275, -0.4448297212232953, 0.7469821839866675,
        -0.8676661375596588, -0.1980763372730006, 0.4559838136873016}';
    ELSE
      PERFORM sky.refuse(format('There is no frame %s here: there are ICRS, FK5, FK4 and GALACTIC, in upper case.',
        quote_literal(frame)));
  END CASE;
END
$$;

-- The frame after this word of a region. Words that change nothing are passed over, others refused.
CREATE FUNCTION sky.frame_after(word text, before text) RETURNS text
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  IF word IN ('GALACTIC', 'GALACTIC_II') THEN
    RETURN 'GALACTIC';
  ELSIF word IN ('FK4', 'B1950') THEN
    RETURN 'FK4';
  ELSIF word IN ('ICRS', 'FK5', 'J2000', 'UNKNOWNFRAME', 'GSC1') THEN
    RETURN 'ICRS';
  ELSIF word IN ('GEOCENTER', 'TOPOCENTER', 'BARYCENTER', 'HELIOCENTER', 'LSR', 'UNKNOWNREFPOS', 'SPHERICAL2') THEN
    RETURN before;
  END IF;
  PERFORM sky.refuse(format('A region cannot be read at %s: expected a shape in the frame ICRS, FK5, FK4 or GALACTIC.', word));
END
$$;

-- sky.parse_region of 022 with any frame; `frame` is what a combination around it said.
CREATE FUNCTION sky.parse_region(
  tokens text[], start integer, frame text, OUT region double precision[], OUT next integer)
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  name CONSTANT text := tokens[start];
  numbers double precision[];
  content record;
BEGIN
  next := start + 1;
  WHILE tokens[next] ~ '^[A-Z]' AND NOT (name = 'NOT' AND sky.is_region_word(tokens[next])) LOOP
    frame := sky.frame_after(tokens[next], frame);
    next := next + 1;
  END LOOP;
  IF name IN ('UNION', 'INTERSECTION', 'NOT') THEN
    content := sky.parse_combination(tokens, next, frame, name = 'INTERSECTION');
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
  IF frame <> 'ICRS' THEN
    region := sky.transformed(region, frame, 'ICRS');
  END IF;
END
$$;

-- `( shape {shape} )` that begins at a token; NOT may leave the parentheses out.
CREATE FUNCTION sky.parse_combination(
  tokens text[], start integer, frame text, intersection boolean, OUT region double precision[], OUT next integer)
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  parsed record;
BEGIN
  IF tokens[start] <> '(' THEN
    SELECT p.region, p.next INTO region, next FROM sky.parse_region(tokens, start, frame) AS p;
    RETURN;
  END IF;
  next := start + 1;
  WHILE tokens[next] <> ')' LOOP
    parsed := sky.parse_region(tokens, next, frame);
    region := CASE WHEN intersection THEN sky.both(region, parsed.region) ELSE sky.either(region, parsed.region) END;
    next := parsed.next;
  END LOOP;
  IF tokens[next] IS NULL OR region IS NULL THEN
    PERFORM sky.refuse('A region has a parenthesis that is not closed, or nothing in it.');
  END IF;
  next := next + 1;
END
$$;

CREATE OR REPLACE FUNCTION sky.region_literal(description text) RETURNS double precision[]
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
    parsed := sky.parse_region(tokens, next, 'ICRS');
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

DROP FUNCTION sky.parse_region(text[], integer, boolean);
DROP FUNCTION sky.parse_combination(text[], integer, boolean, boolean);
DROP FUNCTION sky.is_galactic(text, boolean);

-- ---------------------------------------------------------------- awkward numbers

-- Radii below 1e-30 degrees are 0: PostgreSQL refuses products with them ("underflow").
CREATE OR REPLACE FUNCTION sky.circle(lon double precision, lat double precision, radius double precision)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF radius >= 0 AND radius <= 180 THEN
    RETURN sky.point(lon, lat) || sky.flushed(radius);
  END IF;
  PERFORM sky.refuse(format(
    'There is no circle with a radius of %s degrees: radii run from 0 to 180.', radius));
END
$$;

CREATE OR REPLACE FUNCTION sky.checked_radius(radius double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN radius >= 0 AND radius <= 180 THEN sky.flushed(radius) ELSE sky.no_radius(radius) END;

-- Neighbouring edges meet in their common vertex, which rounding lets look like a crossing in polygons
-- of arcseconds: they are not compared.
CREATE OR REPLACE FUNCTION sky.crosses_itself(figure double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(figure) - 6;
BEGIN
  IF last > 200 * 7 OR (figure[2] = 1 AND last <= 26) THEN
    RETURN false;
  END IF;
  FOR e IN 5..last BY 7 LOOP
    FOR g IN e + 14..CASE WHEN e = 5 THEN last - 7 ELSE last END BY 7 LOOP
      IF sky.edges_cross(figure, e, figure, g) THEN
        RETURN true;
      END IF;
    END LOOP;
  END LOOP;
  RETURN false;
END
$$;

-- Without an EXCEPTION block, which a parallel worker may not enter: what is no double, or too large for
-- one, is seen before it is cast.
CREATE OR REPLACE FUNCTION sky.read_numbers(description text, least_count integer, most_count integer)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  words CONSTANT text[] := regexp_split_to_array(btrim(description, E' \t\r\n'), '\s+');
  word text;
BEGIN
  IF cardinality(words) NOT BETWEEN least_count AND most_count THEN
    PERFORM sky.refuse(format('%s are not the numbers of such a shape.', quote_literal(description)));
  END IF;
  FOREACH word IN ARRAY words LOOP
    IF length(word) > 200 OR word !~* '^([-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]{1,2})?|nan)$' THEN
      PERFORM sky.refuse(format('%s are not the numbers of such a shape.', quote_literal(description)));
    END IF;
  END LOOP;
  RETURN sky.checked(words::double precision[]);
END
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sky TO cloudtap_reader;
