// Writes a made-up register with ExcelJS and SheetJS (`npm install exceljs xlsx`); it must read as
// register.csv.

import ExcelJS from "exceljs";
import XLSX from "xlsx";

const day = new Date(Date.UTC(2026, 2, 5));
const moment = new Date(Date.UTC(2025, 8, 1, 10, 30));
const rows = [
  ["Phones of the school"],
  [],
  ["Device", "Holder", "Passcode", "Set on", "Known by", "On loan"],
  ["Phone 1", "Kate Harper", 839174, day, "Tom Fielding; Lin Chen", true],
  ["Phone 2", 'Tom "TJ" Fielding', "0042", day, null, false],
  ["Phone 3", "Zoë O’Neill", 42, moment, "A & B <C>", null],
  [],
  ["Tablet, library", "Lin\nChen", 205716, null, " nobody ", null],
];

const book = new ExcelJS.Workbook();
book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
const sheet = book.addWorksheet("Register");
rows.forEach((row) => sheet.addRow(row));
sheet.getCell("B4").value = { formula: '"Kate "&"Harper"', result: "Kate Harper" };
sheet.getCell("B6").value = { richText: [{ text: "Zoë " }, { font: { bold: true }, text: "O’Neill" }] };
sheet.getCell("C6").numFmt = "0000";
sheet.getCell("D6").numFmt = "dd/mm/yyyy hh:mm";
book.addWorksheet("Hidden", { state: "hidden" }).addRow(["not to be read"]);
await book.xlsx.writeFile("exceljs.xlsx");

const plain = XLSX.utils.aoa_to_sheet(rows, { cellDates: false, UTC: true, dateNF: "yyyy-mm-dd hh:mm" });
plain.C6.z = "0000";
const other = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(other, plain, "Register");
XLSX.writeFile(other, "sheetjs.xlsx", { compression: true, bookSST: true });
XLSX.writeFile(other, "sheetjs-stored.xlsx", { compression: false, bookSST: false });
