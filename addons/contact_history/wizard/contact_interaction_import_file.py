"""Reading the sheets that people upload."""

import base64
import binascii
import csv
import io
import itertools
import zipfile

import openpyxl

from odoo.exceptions import UserError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
DELIMITERS = ",;\t|"


def read_rows(env, content, name, limit=None):
    """Return the rows of a file, the header first: lists of cells.

    :param env: Environment, for messages.
    :param content: Base64 bytes, as a binary field holds them.
    :param name: of the file, or False.
    :param limit: read no more rows than that.
    :raise UserError: for a file that is no sheet, or too large.
    """
    data = _decode(env, content, name)
    wanted = limit or MAX_ROWS + 2
    try:
        read = _read_xlsx if data[:2] == b"PK" else _read_csv
        rows = list(itertools.islice(read(data), wanted))
    except UnicodeDecodeError as error:
        raise UserError(
            env._(
                "The file %(name)s is no text in UTF-8 (byte %(place)s). Save it as "
                "“CSV UTF-8” or as XLSX.",
                name=name or "",
                place=error.start,
            )
        ) from error
    except (csv.Error, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UserError(
            env._(
                "The file %(name)s cannot be read as CSV or XLSX. Open it in a "
                "spreadsheet program and save it again.",
                name=name or "",
            )
        ) from error
    return _check_rows(env, rows)


def _decode(env, content, name):
    try:
        data = base64.b64decode(content or b"", validate=False)
    except binascii.Error:
        data = b""
    if not data or len(data) > MAX_BYTES:
        raise UserError(
            env._(
                "The file %(name)s is empty or larger than %(max)s MB. Split it.",
                name=name or "",
                max=MAX_BYTES // 1024 // 1024,
            )
        )
    return data


def _check_rows(env, rows):
    if len(rows) > MAX_ROWS + 1:
        raise UserError(
            env._("A file may have up to %(max)s rows. Split it.", max=MAX_ROWS)
        )
    if not rows or not any(str(cell or "").strip() for cell in rows[0]):
        raise UserError(env._("The first row of the file has to name the columns."))
    header = [str(cell or "").strip() for cell in rows[0]][:MAX_COLUMNS]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    return [header, *(list(row[:width]) for row in rows[1:])]


def _read_csv(data):
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if any(cell.strip() for cell in row):
            yield row


def _read_xlsx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        # A small file may unpack to more than any memory holds.
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise ValueError("too large when unpacked")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            if any(cell not in (None, "") for cell in row):
                yield list(row)
    finally:
        book.close()
