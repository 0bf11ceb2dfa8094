//! How much of a file is read before it is refused.

/// What a file may hold at most. The defaults are above the portal's largest file, the full resolution of the United Kingdom, and
/// below what would fill a computer's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file: 500 MB.
    pub file_bytes: usize,
    /// Features of the file: 5,000; the United Kingdom has fewer than 400 districts.
    pub features: usize,
    /// Rings of all its features: 400,000. Most are rocks off Scotland.
    pub rings: usize,
    /// Positions of all its features: 8,000,000.
    pub positions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 500_000_000, features: 5_000, rings: 400_000, positions: 8_000_000 }
    }
}
