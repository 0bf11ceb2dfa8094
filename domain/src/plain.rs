//! Plain data: what the files of the page are read as, before they become typed.
//!
//! A reader that serde derives is some KB of WebAssembly for every struct, and as much again for every list of
//! them. So all files are read by one ([`Plain`]), tables stand in them column by column, which also is shorter,
//! and the types' own readers do the rest.

use crate::{council::GssCode, error::Unreadable, year::ReportingYear};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use std::{fmt, str::FromStr};

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// Nothing: not known, not printed.
    Nothing,
    /// True or false.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Values with their names, in the order of the file.
    Named(Vec<(String, Self)>),
}

impl Plain {
    /// The value called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        let Self::Named(values) = self else { return &Self::Nothing };
        values.iter().find(|(of, _)| of == name).map_or(&Self::Nothing, |(_, value)| value)
    }

    /// The text that it is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number that it is.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The list that it is; an empty one where it is none.
    #[must_use]
    pub fn list(&self) -> &[Self] {
        if let Self::List(list) = self { list } else { &[] }
    }

    /// The text called `name`, copied.
    ///
    /// # Errors
    /// Where there is none.
    pub fn text_of(&self, name: &'static str) -> Result<String, Unreadable> {
        self.get(name).text().map(str::to_owned).ok_or(Unreadable { column: name, row: None })
    }

    /// Values with their names, to be written.
    #[must_use]
    pub fn named(values: Vec<(&str, Self)>) -> Self {
        Self::Named(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The column of a table, to be written: what `cell` makes of each row.
    #[must_use]
    pub fn column<T>(rows: &[T], cell: impl Fn(&T) -> Self) -> Self {
        Self::List(rows.iter().map(cell).collect())
    }
}

impl From<&str> for Plain {
    /// An empty text says nothing.
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<f64> for Plain {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<ReportingYear> for Plain {
    fn from(year: ReportingYear) -> Self {
        Self::Number(f64::from(year.key()))
    }
}

impl From<GssCode> for Plain {
    fn from(code: GssCode) -> Self {
        Self::Text(code.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Plain {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// A table that stands in a file column by column: `{"code": ["E06000032", …], "year": [2024, …]}`. Columns that it
/// does not know are passed over, and one that is not there reads as empty: files only ever gain columns.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    table: &'a Plain,
    rows: usize,
}

impl<'a> Table<'a> {
    /// The table called `name` in `file`, whose rows are counted in the column `key`.
    #[must_use]
    pub fn new(file: &'a Plain, name: &str, key: &str) -> Self {
        let table = file.get(name);
        Self { table, rows: table.get(key).list().len() }
    }

    /// The places of its rows.
    #[must_use]
    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.rows
    }

    /// The column called `name`.
    #[must_use]
    pub fn column(&self, name: &'static str) -> Column<'a> {
        Column { name, cells: self.table.get(name).list() }
    }
}

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    name: &'static str,
    cells: &'a [Plain],
}

impl<'a> Column<'a> {
    /// What stands in `row`.
    #[must_use]
    pub fn cell(&self, row: usize) -> &'a Plain {
        self.cells.get(row).unwrap_or(&Plain::Nothing)
    }

    /// The text in `row`; empty where there is none.
    #[must_use]
    pub fn text(&self, row: usize) -> &'a str {
        self.cell(row).text().unwrap_or_default()
    }

    /// That what stands in `row` is not what it should be.
    #[must_use]
    pub fn wrong(&self, row: usize) -> Unreadable {
        Unreadable { column: self.name, row: Some(row) }
    }

    /// The text in `row`, read as `T`.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read<T: FromStr>(&self, row: usize) -> Result<T, Unreadable> {
        self.text(row).parse().map_err(|_| self.wrong(row))
    }

    /// The words in `row`, each read as `T`.
    ///
    /// # Errors
    /// Where one of them is none.
    pub fn read_each<T: FromStr>(&self, row: usize) -> Result<Vec<T>, Unreadable> {
        let mut all = Vec::new();
        for word in self.text(row).split(' ').filter(|word| !word.is_empty()) {
            all.push(word.parse().map_err(|_| self.wrong(row))?);
        }
        Ok(all)
    }

    /// The number in `row` as `read` takes it; none where nothing stands there.
    ///
    /// # Errors
    /// Where it takes it not.
    pub fn number<T>(&self, row: usize, read: fn(f64) -> Option<T>) -> Result<Option<T>, Unreadable> {
        match self.cell(row) {
            Plain::Nothing => Ok(None),
            cell => cell.number().and_then(read).map(Some).ok_or_else(|| self.wrong(row)),
        }
    }

    /// The reporting year in `row`.
    ///
    /// # Errors
    /// Where there is none.
    pub fn year(&self, row: usize) -> Result<ReportingYear, Unreadable> {
        self.number(row, ReportingYear::from_number)?.ok_or_else(|| self.wrong(row))
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            #[expect(clippy::cast_possible_truncation, reason = "whole, and within i32")]
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => {
                serializer.serialize_i32(*number as i32)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Named(values) => serializer.collect_map(values.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    // Every kind of value is taken: an error here would take along all that writes numbers and escapes text.
    fn visit_bool<E: Error>(self, truth: bool) -> Result<Plain, E> {
        Ok(Plain::Truth(truth))
    }

    fn visit_unit<E: Error>(self) -> Result<Plain, E> {
        Ok(Plain::Nothing)
    }

    #[expect(clippy::cast_precision_loss, reason = "no number of ours is so large")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Plain, E> {
        Ok(Plain::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "no number of ours is so large")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Plain, E> {
        Ok(Plain::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Plain, E> {
        Ok(Plain::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Plain, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Plain::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut values: A) -> Result<Plain, A::Error> {
        let mut named = Vec::new();
        while let Some(value) = values.next_entry()? {
            named.push(value);
        }
        Ok(Plain::Named(named))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_by_column_and_row() {
        let json =
            r#"{"t": {"code": ["E06000032", "E06000033"], "year": [2024, null], "also": "E06000001 E06000002"}}"#;
        let file: Plain = serde_json::from_str(json).unwrap();
        let table = Table::new(&file, "t", "code");
        assert_eq!(table.rows(), 0..2);
        assert_eq!(table.column("code").text(1), "E06000033");
        assert_eq!(table.column("code").read::<GssCode>(0).map(|code| code.to_string()), Ok("E06000032".to_owned()));
        assert_eq!(table.column("year").year(0), Ok(ReportingYear::ending(2024).unwrap()));
        let none = table.column("year").year(1).unwrap_err();
        assert_eq!(none.to_string(), "year, row 2: not what it should be");
        assert_eq!(table.column("no such").text(0), "");
        assert!(table.column("code").number(0, Some).is_err());
        assert_eq!(serde_json::to_string(&file).unwrap(), json.replace(": ", ":").replace(", ", ","));
    }

    #[test]
    fn what_is_no_plain_data_is_refused() {
        for json in ["tru", "[1,", "{\"a\"}", ""] {
            assert!(serde_json::from_str::<Plain>(json).is_err(), "{json}");
        }
        assert_eq!(serde_json::from_str::<Plain>("[-1, 2.5]").unwrap().list(), [(-1.0).into(), 2.5.into()]);
    }
}
