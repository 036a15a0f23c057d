"""Writes the Parquet files of this folder, as pyarrow 22 writes them: one table in many encodings.

    python make_fixtures.py      # needs pyarrow; the tests need only the files
"""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(__file__).parent
moment = datetime.datetime(2021, 2, 28, 23, 59, 59, 123456)

table = pa.table(
    {
        "flag": pa.array([True, False, None, True], pa.bool_()),
        "i8": pa.array([-128, 127, None, 1], pa.int8()),
        "u8": pa.array([0, 255, None, 1], pa.uint8()),
        "i16": pa.array([-32768, 32767, None, 1], pa.int16()),
        "u16": pa.array([0, 65535, None, 1], pa.uint16()),
        "i32": pa.array([-2147483648, 2147483647, None, 1], pa.int32()),
        "u32": pa.array([0, 4294967295, None, 1], pa.uint32()),
        "i64": pa.array([-(2**63), 2**63 - 1, None, 1], pa.int64()),
        "u64": pa.array([0, 2**63 - 1, None, 1], pa.uint64()),
        "f16": pa.array([1.5, float("nan"), None, -0.25], pa.float16()),
        "f32": pa.array([1.1, float("-inf"), None, 0.0], pa.float32()),
        "f64": pa.array([1.1, 1.7976931348623157e308, None, -0.0], pa.float64()),
        "text": pa.array(["a & b", "", None, "A\u00e9\u4e2d\U0001f600"], pa.string()),
        "ascii": pa.array(["x", "y", "x", "x"], pa.large_string()),
        "bytes": pa.array([b"\x00\xff", b"", None, b"z"], pa.binary()),
        "day": pa.array([datetime.date(2021, 2, 28), datetime.date(1, 1, 1), None, datetime.date(9999, 12, 31)]),
        "ms": pa.array([moment.replace(microsecond=123000), None, None, datetime.datetime(1970, 1, 1)], pa.timestamp("ms")),
        "us": pa.array([moment, None, None, datetime.datetime(1969, 12, 31, 23, 59)], pa.timestamp("us", "UTC")),
        "ns": pa.array([moment, None, None, moment], pa.timestamp("ns")),
        "dec": pa.array([decimal.Decimal("12345.678"), decimal.Decimal("-0.001"), None, decimal.Decimal(0)], pa.decimal128(20, 3)),
        "ints": pa.array([[1, 2, 3], [], None, [4, None]], pa.list_(pa.int32())),
        "reals": pa.array([[0.5], [1.5, 2.5], None, []], pa.list_(pa.float64())),
        "pair": pa.array([[1.0, 2.0], [3.0, 4.0], None, [5.0, 6.0]], pa.list_(pa.float32(), 2)),
    }
)

for codec in ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]:
    pq.write_table(table, folder / f"{codec}.parquet", compression=codec)
pq.write_table(table, folder / "version-2.parquet", data_page_version="2.0", compression="snappy")
pq.write_table(
    table.drop_columns(["f16", "pair"]),
    folder / "delta.parquet",
    use_dictionary=False,
    compression="none",
    column_encoding={
        "i32": "DELTA_BINARY_PACKED",
        "u32": "DELTA_BINARY_PACKED",
        "i64": "DELTA_BINARY_PACKED",
        "u64": "DELTA_BINARY_PACKED",
        "us": "DELTA_BINARY_PACKED",
        "f32": "BYTE_STREAM_SPLIT",
        "f64": "BYTE_STREAM_SPLIT",
        "dec": "BYTE_STREAM_SPLIT",
        "text": "DELTA_BYTE_ARRAY",
        "ascii": "DELTA_LENGTH_BYTE_ARRAY",
        "bytes": "DELTA_LENGTH_BYTE_ARRAY",
    },
)
pq.write_table(table.select(["i32", "us"]), folder / "int96.parquet", use_deprecated_int96_timestamps=True)

# Rows in several groups and pages, and lists that go on from one page to the next.
count = 1000
many = pa.table(
    {
        "n": pa.array(range(count), pa.int32()),
        "name": pa.array([None if n % 7 == 0 else f"star {n:05d}" for n in range(count)]),
        "big": pa.array([n * n * n - 5 for n in range(count)], pa.int64()),
        "even": pa.array([n % 2 == 0 for n in range(count)]),
        "list": pa.array([None if n % 11 == 0 else list(range(n % 13)) for n in range(count)], pa.list_(pa.int64())),
    }
)
for version in ["1.0", "2.0"]:
    pq.write_table(
        many,
        folder / f"many-pages-{version[0]}.parquet",
        row_group_size=600,
        data_page_size=500,
        write_batch_size=64,
        data_page_version=version,
        column_encoding={"n": "DELTA_BINARY_PACKED", "name": "DELTA_BYTE_ARRAY", "big": "DELTA_BINARY_PACKED"},
        use_dictionary=["list"],
        compression="snappy",
    )

pq.write_table(pa.table({"s": pa.array([{"a": 1, "b": 2}])}), folder / "struct.parquet")
pq.write_table(pa.table({"m": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int32()))}), folder / "map.parquet")
pq.write_table(pa.table({"l": pa.array([[[1]]])}), folder / "list-of-lists.parquet")
pq.write_table(pa.table({"l": pa.array([["a"]])}), folder / "list-of-texts.parquet")
pq.write_table(pa.table({"t": pa.array([datetime.time(1, 2, 3)])}), folder / "time.parquet")
