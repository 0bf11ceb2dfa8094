//! ODS: what each cell shows. Calamine reads the numbers behind it, and neither their precision nor whether they are
//! percentages, so that this reader goes through the one part itself.

use super::{
    error::ReadError,
    grid::{Budget, Gathering, Grid},
    limits::Limits,
    package::{Unpacking, broken, damaged},
    shown::shown,
};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// The part of a workbook in which its sheets stand.
pub(super) const CONTENT: &str = "content.xml";

/// The sheets in `content`, that part.
pub(super) fn read(content: Unpacking<'_, '_>, limits: &Limits) -> Result<Vec<Grid>, ReadError> {
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut book = Book::new(limits);
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| broken(CONTENT, &error))? {
            Event::Start(element) => {
                depth += 1;
                if depth > limits.depth {
                    return Err(ReadError::TooMuch { what: "elements within each other", most: limits.depth });
                }
                book.start(&element)?;
            }
            Event::Empty(element) => {
                book.start(&element)?;
                book.end(element.local_name().into_inner())?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                book.end(element.local_name().into_inner())?;
            }
            Event::Text(text) => book.text(&text.xml10_content()),
            Event::CData(text) => book.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                let named = || match entity.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "\u{fffd}",
                };
                book.text(&character.unwrap_or_else(|| named().to_owned()));
            }
            Event::Eof => return Ok(book.sheets),
            _ => {}
        }
        reader.get_mut().ends_piece();
    }
}

/// A workbook that is being read.
struct Book<'a> {
    budget: Budget<'a>,
    sheets: Vec<Grid>,
    sheet: Option<(String, Gathering)>,
    row: u64,
    row_repeated: u64,
    column: usize,
    /// The cells of the row that are not empty, until it is known to end.
    cells: Vec<(usize, String)>,
    cell: Option<OpenCell>,
    /// How many comments, which have texts of their own, are open.
    comments: usize,
}

/// A cell that is being read.
struct OpenCell {
    repeated: usize,
    /// What it says where it shows no text.
    value: String,
    text: String,
    paragraphs: usize,
}

impl<'a> Book<'a> {
    const fn new(limits: &'a Limits) -> Self {
        Self {
            budget: Budget::new(limits),
            sheets: Vec::new(),
            sheet: None,
            row: 0,
            row_repeated: 1,
            column: 0,
            cells: Vec::new(),
            cell: None,
            comments: 0,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.local_name().into_inner() {
            "table" if self.sheet.is_none() => {
                let most = self.budget.limits.sheets;
                if self.sheets.len() >= most {
                    return Err(ReadError::TooMuch { what: "sheets", most });
                }
                let name = attribute(element, "name")?.unwrap_or_default();
                self.sheet = Some((name, Gathering::new()));
                self.row = 0;
            }
            "table-row" => {
                self.row_repeated = repeated(element, "number-rows-repeated")?;
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let columns = repeated(element, "number-columns-repeated")?;
                self.cell = Some(OpenCell {
                    repeated: usize::try_from(columns).unwrap_or(usize::MAX),
                    value: value(element)?,
                    text: String::new(),
                    paragraphs: 0,
                });
            }
            "annotation" => self.comments += 1,
            "p" => {
                if let Some(cell) = self.open_cell() {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "s" | "tab" | "line-break" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, element: &str) -> Result<(), ReadError> {
        match element {
            "table" => {
                if let Some((name, gathering)) = self.sheet.take() {
                    self.sheets.push(gathering.finish(Some(name)));
                }
            }
            "table-row" => self.end_row()?,
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let text = if cell.paragraphs > 0 { cell.text } else { cell.value };
                let end = self.column.saturating_add(cell.repeated);
                if !text.trim().is_empty() {
                    let most = self.budget.limits.columns;
                    if end > most {
                        return Err(ReadError::TooMuch { what: "columns", most });
                    }
                    self.cells.extend((self.column..end).map(|column| (column, text.clone())));
                }
                self.column = end;
            }
            "annotation" => self.comments = self.comments.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let Some((_, gathering)) = &mut self.sheet else { return Ok(()) };
        let end = self.row.saturating_add(self.row_repeated);
        if !self.cells.is_empty() {
            // Each copy is counted against the limits, so that there are not too many.
            for number in self.row..end {
                for (column, text) in &self.cells {
                    gathering.put(&mut self.budget, number.saturating_add(1), *column, text)?;
                }
            }
        }
        self.row = end;
        Ok(())
    }

    /// The cell whose own text is being read.
    const fn open_cell(&mut self) -> Option<&mut OpenCell> {
        if self.comments == 0 { self.cell.as_mut() } else { None }
    }

    fn text(&mut self, text: &str) {
        let most = self.budget.limits.cell_bytes;
        if let Some(cell) = self.open_cell().filter(|cell| cell.paragraphs > 0 && cell.text.len() <= most) {
            cell.text.push_str(text);
        }
    }
}

/// What a cell says where it shows no text: the number behind it.
fn value(element: &BytesStart<'_>) -> Result<String, ReadError> {
    let number = attribute(element, "value")?.and_then(|value| value.parse::<f64>().ok());
    let percentage = attribute(element, "value-type")?.as_deref() == Some("percentage");
    Ok(match number {
        Some(number) if percentage => shown(number * 100.0, None) + "%",
        Some(number) => shown(number, None),
        None => String::new(),
    })
}

fn repeated(element: &BytesStart<'_>, name: &str) -> Result<u64, ReadError> {
    let Some(text) = attribute(element, name)? else { return Ok(1) };
    text.parse().map_err(|_| ReadError::Damaged(format!("{name} is “{}”", text.chars().take(40).collect::<String>())))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| damaged(&error))?;
        if attribute.key.local_name().into_inner() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| damaged(&error))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
