//! XLSX: read by calamine from parts that have been vetted.

use super::{
    error::{ReadError, SheetFault, SheetLeft},
    grid::{Budget, Gathering, Grid},
    limits::Limits,
    package::{Package, damaged},
    shown::shown,
    vetting::{Vetted, vetted},
};
use calamine::{DataRef, Reader as _, Sheet, SheetType, SheetVisible, Xlsx};
use std::io::Cursor;

/// The sheets of a workbook: those that hold something to read, and the others.
pub(super) struct Sheets {
    pub(super) grids: Vec<Grid>,
    pub(super) left: Vec<SheetLeft>,
}

/// Reads the sheets of `package`.
pub(super) fn read(package: &mut Package<'_>, limits: &Limits) -> Result<Sheets, ReadError> {
    let Vetted { bytes, unvalued } = vetted(package, limits)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Sheets { grids: Vec::new(), left: Vec::new() };
    let mut budget = Budget::new(limits);
    let listed: Vec<Sheet> = workbook.sheets_metadata().to_vec();
    for Sheet { name, typ, visible } in listed {
        if visible != SheetVisible::Visible {
            sheets.left.push(SheetLeft { name: Some(name), why: SheetFault::Hidden });
        } else if typ == SheetType::WorkSheet {
            sheets.grids.push(sheet(&mut workbook, name, unvalued, &mut budget)?);
        }
    }
    Ok(sheets)
}

fn sheet(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    name: String,
    unvalued: bool,
    budget: &mut Budget<'_>,
) -> Result<Grid, ReadError> {
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
    let mut gathering = Gathering::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
        let format = format.map(|format| format.format_code.as_str());
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        gathering.put(budget, u64::from(row) + 1, column, &text(cell.get_value(), format))?;
    }
    drop(cells);
    if unvalued {
        formulas(workbook, &name, &mut gathering, budget)?;
    }
    Ok(gathering.finish(Some(name)))
}

/// Says of formulas that nobody worked out that they are: they are not cells in which nothing is printed.
fn formulas(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    gathering: &mut Gathering,
    budget: &mut Budget<'_>,
) -> Result<(), ReadError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            let (row, column) = cell.pos;
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            gathering.put(budget, u64::from(row) + 1, column, "#NOT WORKED OUT")?;
        }
    }
    Ok(())
}

fn text(value: &DataRef<'_>, format: Option<&str>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shown(*number, format),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string().to_uppercase(),
        DataRef::DateTime(date) => format!("the date {}", date.as_f64()),
        DataRef::Error(error) => error.to_string(),
    }
}
