-- Functions at the edges of what they are defined for: where 003 promises NULL or 0 they ended the query, and
-- AREA of polygons of an arcsecond lost its digits at longitude 0 and at the poles.

-- ---------------------------------------------------------------- mathematics

-- As in 003, but NULL when an argument is (POWER(NULL, 0) was 1), and the product with the logarithm, which
-- overflowed for exponents like 1e308, is not formed where the result is plain without it. y = 1 gives x to
-- the last digit and the largest double.
CREATE OR REPLACE FUNCTION adql.power(x double precision, y double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN x IS NULL OR y IS NULL THEN NULL
  WHEN y = 0 OR x = 1 THEN 1
  WHEN y = 1 OR x = 'NaN' THEN x
  WHEN y = 'NaN' THEN y
  WHEN x = 0 THEN CASE WHEN y > 0 THEN 0 END
  WHEN x < 0 AND y <> trunc(y) THEN NULL
  WHEN x = -1 THEN CASE WHEN abs(y) >= 9007199254740992 THEN 1 ELSE power(x, y) END
  WHEN abs(y) > 1e19 THEN CASE WHEN (abs(x) > 1) <> (y > 0) THEN 0 END
  WHEN abs(y) < 1e-20 THEN 1
  WHEN y * ln(abs(x)) > 709.7827128933 THEN NULL
  WHEN y * ln(abs(x)) < -744.4 THEN 0
  ELSE power(x, y)
END;

-- COT(1e-320) is beyond the range of a double.
CREATE OR REPLACE FUNCTION adql.cot(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN abs(x) < 5.7e-309 THEN NULL
  WHEN abs(x) < 'Infinity' THEN 1 / nullif(tan(x), 0)
END;

-- ROUND(1.7e308, -308) is beyond the range of a double.
CREATE OR REPLACE FUNCTION adql.round(x double precision, n integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN abs(x) > 1e308 AND abs(x) < 'Infinity'
    AND abs(round(CAST(CAST(x AS text) AS numeric), n)) > 1.7976931348623157e308 THEN NULL
  ELSE CAST(round(CAST(CAST(x AS text) AS numeric), n) AS double precision)
END;

-- ---------------------------------------------------------------- the area of small polygons

-- As in 020, but 360 is taken from the larger longitude, which loses no digit; taken from the difference it
-- cost the last seven of a polygon of an arcsecond at longitude 0.
CREATE OR REPLACE FUNCTION sky.step_east(lon_from double precision, lon_to double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN lon_to - lon_from > 180 THEN (lon_to - 360) - lon_from
  WHEN lon_to - lon_from <= -180 THEN lon_to - (lon_from - 360)
  ELSE lon_to - lon_from
END;

-- As in 020, but a polygon wholly beyond 45 degrees of latitude is summed up from the triangles between its
-- edges and the near pole, which are no larger than need be: counted from the equator, they drowned a polygon
-- of 0.1 arcsec near a pole.
CREATE OR REPLACE FUNCTION sky.left_side(
  vertices double precision[], OUT area double precision, OUT pole boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  size CONSTANT integer := cardinality(vertices);
  lowest double precision := 90;
  highest double precision := -90;
  side double precision := 0;    -- of the near pole: 1 north, -1 south, 0 none
  turned double precision := 0;  -- degrees east
  below double precision := 0;   -- steradians between line and equator, or line and near pole
  step double precision;
  t1 double precision;
  t2 double precision;
  j integer;
BEGIN
  FOR i IN 2..size BY 2 LOOP
    lowest := least(lowest, vertices[i]);
    highest := greatest(highest, vertices[i]);
  END LOOP;
  side := CASE WHEN lowest > 45 THEN 1 WHEN highest < -45 THEN -1 ELSE 0 END;
  FOR i IN 1..size BY 2 LOOP
    j := CASE WHEN i + 2 > size THEN 1 ELSE i + 2 END;
    step := sky.step_east(vertices[i], vertices[j]);
    turned := turned + step;
    IF side = 0 THEN
      t1 := tand(vertices[i + 1] / 2);
      t2 := tand(vertices[j + 1] / 2);
      below := below + 2 * atan2(sind(step / 2) * (t1 + t2), cosd(step / 2) * (1 + t1 * t2));
    ELSE
      t1 := tand((90 - abs(vertices[i + 1])) / 2);
      t2 := tand((90 - abs(vertices[j + 1])) / 2);
      below := below - side * 2 * atan2(sind(step) * t1 * t2, 1 + cosd(step) * t1 * t2);
    END IF;
  END LOOP;
  IF side <> 0 THEN
    area := CASE WHEN below <= 0 THEN 0 - below ELSE 4 * pi() - below END;
    pole := CASE WHEN abs(turned) > 180 THEN turned > 0 ELSE below > 0 END;
  ELSIF abs(turned) > 180 THEN  -- once round the poles: the north pole is left of a line that goes east
    area := 2 * pi() - below;
    pole := turned > 0;
  ELSE                          -- a line below which more lies than above runs with both poles on its left
    area := CASE WHEN below <= 0 THEN 0 - below ELSE 4 * pi() - below END;
    pole := below > pi();
  END IF;
END
$$;
