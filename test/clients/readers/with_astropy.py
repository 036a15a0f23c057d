"""Answers as astropy reads them."""

import numpy
from astropy.io import fits
from astropy.io.votable import parse_single_table
from astropy.table import Table


def votable(path):
    table = parse_single_table(path).array
    return [_row(table.dtype.names, record) for record in table]


def fits_table(path):
    return _rows(Table.read(path, format="fits"))


def voparquet(path):
    return Table.read(path, format="parquet.votable")


def _rows(table):
    return [_row(table.colnames, record) for record in table]


def _row(names, record):
    return {name: _value(record[name]) for name in names}


def _value(cell):
    if cell is numpy.ma.masked or cell is None:
        return None
    if isinstance(cell, numpy.ma.MaskedArray):
        if cell.ndim == 0:
            return None if cell.mask else cell.item()
        if cell.size and numpy.all(cell.mask):
            return None
        return [_value(element) for element in cell.ravel()]
    if isinstance(cell, (complex, numpy.complexfloating)):
        return [cell.real, cell.imag]
    return cell
