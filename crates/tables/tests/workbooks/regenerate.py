#!/usr/bin/env python3
"""Writes a made-up register with openpyxl and XlsxWriter (`pip install openpyxl xlsxwriter`).

The first four must read as register.csv.
"""

import datetime

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

MADE = datetime.datetime(2026, 1, 1)
DAY = datetime.date(2026, 3, 5)
MOMENT = datetime.datetime(2025, 9, 1, 10, 30)
HEADING = ["Device", "Holder", "Passcode", "Set on", "Known by", "On loan"]
ROWS = {
    1: ["Phones of the school"],
    3: HEADING,
    4: ["Phone 1", "Kate Harper", 839174, DAY, "Tom Fielding; Lin Chen", True],
    5: ["Phone 2", 'Tom "TJ" Fielding', "0042", DAY, None, False],
    6: ["Phone 3", "Zoë O’Neill", 42, MOMENT, "A & B <C>", None],
    8: ["Tablet, library", "Lin\nChen", 205716, None, " nobody ", None],
}


def with_openpyxl(name, date_1904=False):
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE
    if date_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    for row, cells in ROWS.items():
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    sheet["B6"] = CellRichText("Zoë ", TextBlock(InlineFont(b=True), "O’Neill"))
    sheet["C6"].number_format = "0000"
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden")
    hidden["A1"], hidden.sheet_state = "not to be read", "hidden"
    book.save(name)


def with_xlsxwriter(name, constant_memory):
    options = {"constant_memory": constant_memory, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(name, options)
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("Register")
    bold, zeros = book.add_format({"bold": True}), book.add_format({"num_format": "0000"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "[$-809]d mmmm yyyy hh:mm"})
    for row, cells in ROWS.items():
        for column, value in enumerate(cells):
            if (row, column) == (6, 1):
                sheet.write_rich_string(row - 1, column, "Zoë ", bold, "O’Neill")
            elif (row, column) == (6, 2):
                sheet.write(row - 1, column, value, zeros)
            elif isinstance(value, datetime.datetime):
                sheet.write_datetime(row - 1, column, value, moment)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(row - 1, column, value, day)
            elif value is not None:
                sheet.write(row - 1, column, value)
    hidden = book.add_worksheet("Hidden")
    hidden.write(0, 0, "not to be read")
    hidden.very_hidden()
    book.close()


def two_sheets(name):
    book = xlsxwriter.Workbook(name)
    book.set_properties({"created": MADE})
    for title in ["Autumn 2025", "Spring 2026"]:
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, ["Device", "Passcode"])
        sheet.write_row(1, 0, ["Phone 1", 839174])
    book.close()


def simple(name, rows):
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE
    for row in rows:
        book.active.append(row)
    book.save(name)


with_openpyxl("openpyxl.xlsx")
with_openpyxl("openpyxl-1904.xlsx", date_1904=True)
with_xlsxwriter("xlsxwriter.xlsx", False)
with_xlsxwriter("xlsxwriter-inline.xlsx", True)
two_sheets("two-sheets.xlsx")
simple(
    "accounts.xlsx",
    [
        ["Account", "First name", "Last name", "Email", "Password"],
        ["k.harper", "Kate", "Harper", "k.harper@school.example", None],
        ["j.marsh", "Jo", "Marsh", "j.marsh@school.example", "Xk9#horse!"],
    ],
)
simple(
    "people.xlsx",
    [
        ["Account", "First name", "Last name", "Born", "Role"],
        ["kharper", "Kate", "Harper", datetime.date(1984, 3, 12), "Teacher"],
        ["nobody.known", "Tom", "Fielding", None, "Network Manager"],
    ],
)
