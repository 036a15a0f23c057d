"""Writes the FITS files of this folder with astropy, the field's most used writer.

    python make_fixtures.py      # needs astropy; the tests need only the files
"""

import pathlib

import numpy as np
from astropy.io import fits

folder = pathlib.Path(__file__).parent
nan = float("nan")


def column(name, form, values, **more):
    return fits.Column(name=name, format=form, array=np.array(values), **more)


def ragged(name, form, values, dtype):
    cells = np.empty(len(values), dtype=object)
    for row, value in enumerate(values):
        cells[row] = value if dtype is str else np.array(value, dtype=dtype)
    return fits.Column(name=name, format=form, array=cells)


table = fits.BinTableHDU.from_columns(
    [
        column("flag", "L", [True, False, True]),
        column("byte", "B", np.array([0, 255, 7], np.uint8), null=7),
        column("short", "I", np.array([-32768, 32767, 99], np.int16), null=99, unit="adu"),
        column("int", "J", np.array([-(2**31), 2**31 - 1, 0], np.int32)),
        column("long", "K", np.array([-(2**63), 2**63 - 1, 5], np.int64), null=5),
        column("float", "E", np.array([1.1, np.inf, nan], np.float32), unit="mag"),
        column("double", "D", np.array([1.1, -0.0, nan]), unit="deg"),
        column("fc", "C", np.array([1 + 2j, -0.5j, 0], np.complex64)),
        column("dc", "M", np.array([1.5 - 2j, 3, 0], np.complex128)),
        column("text", "8A", ["a & b", "", "exactly8"]),
        column("letter", "A", ["x", "y", "z"]),
        column("bits", "11X", np.array([[1, 0] * 5 + [1], [0] * 11, [1] * 11], bool)),
        column("bytes", "3B", np.array([[1, 2, 3], [0, 0, 0], [255, 254, 253]], np.uint8)),
        column("grid", "6E", np.arange(18, dtype=np.float32).reshape(3, 2, 3), dim="(3,2)"),
        column("names", "12A", np.array([["one", "two", "six"], ["a", "b", "c"], ["", "", ""]]), dim="(4,3)"),
        column("flags", "2L", np.array([[True, False], [False, False], [True, True]])),
        column("sbyte", "B", np.array([-128, 127, 0], np.int8), bzero=-128),
        column("u16", "I", np.array([0, 65535, 1], np.uint16), bzero=2**15),
        column("u32", "J", np.array([0, 4294967295, 1], np.uint32), bzero=2**31),
        column("u64", "K", np.array([0, 2**63 - 1, 1], np.uint64), bzero=2**63),
        column("u16s", "2I", np.array([[0, 65535], [1, 2], [3, 4]], np.uint16), bzero=2**15),
        column("scaled", "I", np.array([-20, 5, -22], np.int16)),
    ],
    name="MINE",
)
header = table.header
header["TSCAL22"] = 0.5
header["TZERO22"] = 10.0
header["TUCD6"] = "phot.mag;em.opt.V"
header["TUTYP6"] = "a:b.c"
header["TCOMM6"] = "A magnitude, told in a text that is longer than the seventy characters of one card"

image = fits.ImageHDU(np.zeros((10, 10), np.int16))
packed = fits.CompImageHDU(np.arange(10000, dtype=np.int32).reshape(100, 100))
empty = fits.BinTableHDU.from_columns([fits.Column(name="nothing", format="J", array=np.array([], np.int32))])

primary = fits.PrimaryHDU(np.ones((7, 3)))
fits.HDUList([primary, image, packed, empty, table, image]).writeto(folder / "all-types.fits", overwrite=True)
fits.HDUList([primary, empty]).writeto(folder / "empty.fits", overwrite=True)
fits.HDUList([primary, image]).writeto(folder / "images.fits", overwrite=True)

heap = fits.BinTableHDU.from_columns(
    [
        column("n", "J", np.array([1, 2, 3], np.int32)),
        ragged("ints", "PJ()", [[1, 2, 3], [], [-4]], np.int32),
        ragged("reals", "QD()", [[0.5], [1.5, nan], []], np.float64),
        ragged("text", "PA()", ["a longer text", "b", ""], str),
        ragged("bytes", "PB()", [[1, 255], [], [0]], np.uint8),
    ]
)
fits.HDUList([fits.PrimaryHDU(), heap]).writeto(folder / "heap.fits", overwrite=True)

count = 1000
many = fits.BinTableHDU.from_columns(
    [
        column("n", "J", np.arange(count, dtype=np.int32)),
        ragged("list", "PI()", [list(range(n % 13)) for n in range(count)], np.int16),
    ]
)
fits.HDUList([fits.PrimaryHDU(), many]).writeto(folder / "many-rows.fits", overwrite=True)
