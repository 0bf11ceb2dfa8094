//! How much of a file is read before it is refused.

/// What a file may hold at most. The defaults are far above any table that the Ombudsman has published, some 500 rows
/// of some 20 columns, and far below what would fill a reader's memory: within them reading takes at most three times the bytes of a
/// large file of text, and 250 MB whatever the file, besides the file itself. `sources/tests/memory.rs` holds it to that, and
/// prints what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file, and of the texts in all its cells: 50 MB.
    pub file_bytes: usize,
    /// Bytes of all the parts of a workbook together once they are unpacked, counted while they are, as none is held: 200 MB.
    pub unpacked_bytes: usize,
    /// Parts (files) within a workbook: 2,000.
    pub parts: usize,
    /// Sheets of a workbook: 100.
    pub sheets: usize,
    /// How deep elements of a workbook's parts may stand within each other: 64.
    pub depth: usize,
    /// Rows of a sheet that are not empty: 100,000.
    pub rows: usize,
    /// The last column that may hold anything: 500.
    pub columns: usize,
    /// Cells of a file that are not empty, and strings of a workbook: 2,000,000.
    pub cells: usize,
    /// Bytes of one cell: 32,768, a little more than a spreadsheet program allows.
    pub cell_bytes: usize,
    /// Rows within which the header is looked for: 60.
    pub rows_to_header: usize,
    /// Cell problems, warnings and rows left out that are listed one by one, each; the rest are only counted: 1,000.
    pub listed: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 50_000_000,
            unpacked_bytes: 200_000_000,
            parts: 2_000,
            sheets: 100,
            depth: 64,
            rows: 100_000,
            columns: 500,
            cells: 2_000_000,
            cell_bytes: 32_768,
            rows_to_header: 60,
            listed: 1_000,
        }
    }
}
