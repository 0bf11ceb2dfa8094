//! Reading and writing files: the only place that does.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub(crate) struct FileError {
    path: PathBuf,
    problem: std::io::Error,
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(path).map_err(|problem| FileError { path: path.to_owned(), problem })
}

/// The files of a folder, sorted.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let wrong = |problem| FileError { path: folder.to_owned(), problem };
    let entries = fs::read_dir(folder).map_err(wrong)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(wrong)?.path())).collect::<Result<Vec<_>, FileError>>()?;
    paths.sort();
    Ok(paths)
}

/// The files of a folder, sorted; none where there is no such folder.
pub(crate) fn list_if_there(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    if folder.exists() { list(folder) } else { Ok(Vec::new()) }
}

/// Makes a folder, and those above it, unless it is there.
pub(crate) fn make_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|problem| FileError { path: path.to_owned(), problem })
}

/// Removes a file.
pub(crate) fn remove(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(|problem| FileError { path: path.to_owned(), problem })
}

/// Writes a file as [`write`] does, unless it holds the same already: what watches it has nothing to do then.
pub(crate) fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if fs::read(path).is_ok_and(|held| held == bytes) { Ok(()) } else { write(path, bytes) }
}

/// Writes a file in one step: beside it, synced, then renamed over the old one. Folders are made as needed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let attempt = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut beside = path.to_owned().into_os_string();
        beside.push(".new");
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    attempt().map_err(|problem| FileError { path: path.to_owned(), problem })
}
